import { done, refuse } from '@medspill/domain/refusals';
import type { signRoutes } from '@medspill/domain/sign/contract';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import { exportRecord } from './export.ts';
import {
  addAddendum,
  checkRecord,
  listRecords,
  previewRecord,
  readRecord,
  signRecord,
  withdrawSignature,
} from './use-cases.ts';

export function signHandlers(app: App): Handlers<typeof signRoutes> {
  return {
    previewRecord: ({ params }, caller) => previewRecord(app, caller, params.reviewId),
    signRecord: ({ params, body }, caller) => signRecord(app, caller, params.reviewId, body),
    withdrawSignature: ({ params }, caller) => withdrawSignature(app, caller, params.reviewId),
    listRecords: async (_request, caller) => {
      const records = await listRecords(app, caller);
      return done({
        records: records.map(({ _id, reviewId, month, heldOn, managerName, sellerName, state }) => ({
          id: _id,
          reviewId,
          month,
          heldOn,
          manager: managerName,
          seller: sellerName,
          state,
        })),
      });
    },
    readRecord: ({ params }, caller) => readRecord(app, caller, params.recordId),
    verifyRecord: ({ params }, caller) => checkRecord(app, caller, params.recordId),
    recordPdf: async ({ params, query }, caller) => {
      const read = await readRecord(app, caller, params.recordId);
      if (!read.ok) return read;
      if (read.value.state === 'draft') return refuse({ code: 'not_found' });
      const file = await app.paper.record({ record: read.value, language: query.language });
      return done({ file, name: `utviklingssamtale-${read.value.content.month}.pdf` });
    },
    recordJson: async ({ params }, caller) => {
      const read = await readRecord(app, caller, params.recordId);
      if (!read.ok) return read;
      return exportRecord(app, caller, params.recordId);
    },
    addAddendum: ({ params, body }, caller) => addAddendum(app, caller, params.recordId, body),
  };
}
