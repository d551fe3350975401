import type { bookRoutes } from '@medspill/domain/book/contract';
import { done } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import { addAbsence, removeAbsence } from './absences.ts';
import { findAppointment } from './appointments.ts';
import { moveReview, skipReview, stopSeries, undoBooking } from './changes.ts';
import { findOtherTimes } from './other-times.ts';
import { setOwnBlocks } from './own-blocks.ts';
import { renewSeries } from './renewal.ts';
import { rescheduleSeries } from './reschedule.ts';
import { findSlots, listSellers, searchPeople } from './sellers.ts';
import { addExtraReview, continueReview } from './single-reviews.ts';
import { book, confirmPair, getPair, resumeBooking } from './use-cases.ts';

export { handleGraphNotifications } from './notifications.ts';

export function bookHandlers(app: App): Handlers<Omit<typeof bookRoutes, 'graphNotifications'>> {
  return {
    listSellers: (_request, caller) => listSellers(app, caller),
    searchPeople: async ({ query }, caller) => {
      const people = await searchPeople(app, caller, query.q);
      return people.ok ? done({ people: people.value }) : people;
    },
    findSlots: ({ body }, caller) => findSlots(app, caller, body),
    book: ({ body }, caller) => book(app, caller, body),
    getPair: ({ params }, caller) => getPair(app, caller, params.pairId),
    resumeBooking: ({ params }, caller) => resumeBooking(app, caller, params.pairId),
    undoBooking: ({ params }, caller) => undoBooking(app, caller, params.pairId),
    confirmPair: ({ params }, caller) => confirmPair(app, caller, params.pairId),
    moveReview: ({ params, body }, caller) => moveReview(app, caller, params.reviewId, body),
    skipReview: ({ params, body }, caller) => skipReview(app, caller, params.reviewId, body.reason),
    renewSeries: ({ params }, caller) => renewSeries(app, caller, params.pairId),
    findOtherTimes: ({ params }, caller) => findOtherTimes(app, caller, params.reviewId),
    addExtraReview: ({ params, body }, caller) => addExtraReview(app, caller, params.pairId, body),
    continueReview: ({ params, body }, caller) => continueReview(app, caller, params.reviewId, body),
    addAbsence: ({ params, body }, caller) => addAbsence(app, caller, params.pairId, body),
    removeAbsence: ({ params }, caller) => removeAbsence(app, caller, params),
    setOwnBlocks: ({ params, body }, caller) => setOwnBlocks(app, caller, params.pairId, body.wanted),
    stopSeries: ({ params }, caller) => stopSeries(app, caller, params.pairId),
    rescheduleSeries: ({ params, body }, caller) => rescheduleSeries(app, caller, params.pairId, body),
    findAppointment: ({ query }, caller) => findAppointment(app, caller, query),
  };
}
