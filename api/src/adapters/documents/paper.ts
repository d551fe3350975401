import type { Paper } from '../../ports.ts';
import { agendaPdf } from './agenda.ts';
import { recordPdf } from './record.ts';

export function createPaper(): Paper {
  return { agenda: agendaPdf, record: recordPdf };
}
