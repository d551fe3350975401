// A notice as a short private entry in its reader's own calendar, for whom Teams does not show the app
// (docs/decisions/a-reminder-in-outlook.md).
import { noticeTexts } from '@medspill/domain/content/texts/notices';
import type { Person } from '@medspill/domain/people';
import type { OccurrenceTime } from '@medspill/domain/time';
import type { Event } from '@microsoft/microsoft-graph-types';
import { v5 } from 'uuid';
import type { Config } from '../../config.ts';
import type { Notice } from '../../documents.ts';
import { escapeHtml } from './body-block.ts';
import { deepLink } from './deep-link.ts';
import { timesOf } from './event.ts';

/** Free, so that it takes nobody's time; its subject is the line that the activity feed would have shown. */
export function reminderEvent(config: Config, notice: Notice, reader: Person, at: OccurrenceTime): Event {
  const subject = noticeTexts[notice.kind][reader.language];
  const url = deepLink(config, notice.target);
  return {
    subject,
    body: { contentType: 'html', content: `<p><a href="${escapeHtml(url)}">Medspill</a></p>` },
    sensitivity: 'private',
    showAs: 'free',
    isReminderOn: true,
    reminderMinutesBeforeStart: 0,
    isOnlineMeeting: false,
    transactionId: v5(notice.id, notice.pairId),
    ...timesOf(at),
  };
}
