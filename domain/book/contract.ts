import * as z from 'zod';
import { pairIdSchema, personIdSchema, reviewIdSchema } from '../ids.ts';
import { personSchema, sideSchema } from '../people.ts';
import type { Routes } from '../route.ts';
import {
  dateSchema,
  instantSchema,
  monthSchema,
  occurrenceTimeSchema,
  wallTimeSchema,
  zoneSchema,
} from '../time.ts';
import { absencePeriodSchema, absenceSchema } from './absence.ts';
import { patternSchema } from './pattern.ts';

export const seriesStateSchema = z.enum([
  /** Calls to Graph are under way. */
  'booking',
  /** Everything stands in both calendars. */
  'booked',
  /** The app-only consent is missing: the manager must open the app to go on. */
  'waiting_for_manager',
  /** Graph said a final no; `problem` says which. */
  'failed',
  'stopped',
]);

/** How far a booking has come; each step is done at most once. */
export const bookingStepsSchema = z.object({
  created: z.boolean(),
  attached: z.boolean(),
  invited: z.boolean(),
  appInstalled: z.boolean(),
  blocks: z.boolean(),
});

const minutesSchema = z.union([z.literal(30), z.literal(45), z.literal(60)]);

export const seriesSchema = z.object({
  state: seriesStateSchema,
  steps: bookingStepsSchema,
  pattern: patternSchema,
  time: wallTimeSchema,
  zone: zoneSchema,
  minutes: minutesSchema,
  firstMonth: monthSchema,
  /** From the first month on; each renewal adds a year, however many there have been. */
  months: z.int().min(1),
  joinUrl: z.string().optional(),
  inPerson: z.boolean(),
  problem: z.string().optional(),
});

export const pairSchema = z.object({
  id: pairIdSchema,
  version: z.int(),
  manager: personSchema,
  seller: personSchema,
  /** Which side the reader is. */
  side: sideSchema,
  startsAt: instantSchema,
  endsAt: z.union([z.literal('open'), instantSchema]),
  confirmedAt: instantSchema.optional(),
  /** Somebody else has booked the seller: from then on they are the manager, once the seller has confirmed it. */
  incoming: z
    .object({ pairId: pairIdSchema, manager: z.string(), startsAt: instantSchema, confirmed: z.boolean() })
    .optional(),
  /** This pair follows another; absent `doneAt`: the change is still to come. */
  takesOver: z.object({ doneAt: instantSchema.optional() }).optional(),
  series: seriesSchema.optional(),
  /** Absences of either side that have not ended; dates, never a reason. */
  absences: z.array(absenceSchema).default([]),
  /** The seller's own private time around the reviews; the manager is never told. */
  ownBlocks: z
    .object({
      wanted: z.boolean(),
      /** Reviews have moved since the seller was here: only with the seller present can their calendar follow. */
      behind: z.boolean(),
    })
    .optional(),
  nextReview: z
    .object({
      id: reviewIdSchema,
      month: monthSchema,
      occurrence: occurrenceTimeSchema,
      /** It has a meeting of its own that is not in Outlook yet. */
      waiting: z.literal(true).optional(),
      /** Of its own meeting, or of the series. */
      joinUrl: z.string().optional(),
    })
    .optional(),
});
export type PairView = z.infer<typeof pairSchema>;

const pairParams = z.object({ pairId: pairIdSchema });
const slotSchema = z.object({ date: dateSchema, time: wallTimeSchema });

export const bookingSchema = z.object({
  /** Made by the caller; the same id never books twice. */
  bookingId: pairIdSchema,
  sellerId: personIdSchema,
  pattern: patternSchema,
  time: wallTimeSchema,
  zone: zoneSchema,
  minutes: minutesSchema,
  firstMonth: monthSchema,
  months: z.int().min(1).max(24).default(12),
  /** 20 minutes of preparation two working days before and 15 of reflection right after, in the manager's calendar. */
  privateBlocks: z.boolean().default(true),
  inPerson: z.boolean().default(false),
});
export type Booking = z.output<typeof bookingSchema>;

export const bookRoutes = {
  listSellers: {
    stage: 'book',
    method: 'GET',
    path: 'sellers',
    summary: "The manager's direct reports, and the pair with each where there is one",
    access: 'member',
    output: z.object({
      sellers: z.array(z.object({ person: personSchema, pair: pairSchema.optional() })),
      /** Where the directory names no reports, the manager searches instead. */
      directoryIsEmpty: z.boolean(),
    }),
    refusals: ['consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  searchPeople: {
    stage: 'book',
    method: 'GET',
    path: 'people',
    summary: 'People of the tenant by name, for a manager whom the directory gives no reports',
    access: 'member',
    query: z.object({ q: z.string().trim().min(2).max(100) }),
    output: z.object({ people: z.array(personSchema) }),
    refusals: ['consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  findSlots: {
    stage: 'book',
    method: 'POST',
    path: 'slots',
    summary: 'Times of day that are free for both on the first dates of a pattern, within both working hours',
    access: 'member',
    body: z.object({
      sellerId: personIdSchema,
      pattern: patternSchema,
      firstMonth: monthSchema,
      minutes: minutesSchema,
      zone: zoneSchema,
    }),
    output: z.object({
      /** False where a calendar could not be read: then `slots` are guesses by working hours, and the screen says so. */
      availabilityKnown: z.boolean(),
      sellerZone: zoneSchema,
      slots: z.array(slotSchema.extend({ sellerTime: wallTimeSchema, freeOn: z.int(), of: z.int() })),
    }),
    refusals: ['not_a_report', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  book: {
    stage: 'book',
    method: 'POST',
    path: 'bookings',
    summary: 'Books the monthly series with one seller',
    access: 'member',
    body: bookingSchema,
    output: pairSchema,
    status: 202,
    refusals: [
      'not_a_report',
      'seller_cannot_be_booked',
      'already_booked',
      'slot_in_the_past',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  getPair: {
    stage: 'book',
    method: 'GET',
    path: 'pairs/{pairId}',
    summary: 'One pair, its series and its next review',
    access: 'eitherOfPair',
    params: pairParams,
    output: pairSchema,
    refusals: ['not_found'],
  },
  resumeBooking: {
    stage: 'book',
    method: 'POST',
    path: 'pairs/{pairId}/resume',
    summary: 'Goes on with a booking that waits for the manager',
    access: 'managerOfPair',
    params: pairParams,
    output: pairSchema,
    status: 202,
    refusals: ['not_found', 'no_series', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  undoBooking: {
    stage: 'book',
    method: 'DELETE',
    path: 'pairs/{pairId}/series',
    summary: 'Takes back a fresh booking: the meetings are cancelled and the pair ends',
    access: 'managerOfPair',
    params: pairParams,
    refusals: [
      'not_found',
      'no_series',
      'undo_too_late',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  confirmPair: {
    stage: 'book',
    method: 'POST',
    path: 'pairs/{pairId}/confirmation',
    summary: 'The seller confirms that this is their manager',
    access: 'sellerOfPair',
    params: pairParams,
    output: pairSchema,
    refusals: ['not_found'],
  },
  moveReview: {
    stage: 'book',
    method: 'POST',
    path: 'reviews/{reviewId}/move',
    summary: "Moves this month's review; the series stays",
    access: 'managerOfPair',
    params: z.object({ reviewId: reviewIdSchema }),
    body: z.object({ date: dateSchema, time: wallTimeSchema }),
    output: pairSchema,
    refusals: [
      'not_found',
      'no_series',
      'slot_in_the_past',
      'crosses_neighbour',
      'sealed',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  skipReview: {
    stage: 'book',
    method: 'POST',
    path: 'reviews/{reviewId}/skip',
    summary: 'Skips a month with a reason; the occurrence is cancelled with a word',
    access: 'managerOfPair',
    params: z.object({ reviewId: reviewIdSchema }),
    body: z.object({ reason: z.enum(['holiday', 'absence', 'agreed', 'other']) }),
    output: pairSchema,
    refusals: [
      'not_found',
      'no_series',
      'sealed',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  renewSeries: {
    stage: 'book',
    method: 'POST',
    path: 'pairs/{pairId}/renewal',
    summary: 'Twelve months more of the same series; it can be asked for once it nears its end',
    access: 'managerOfPair',
    params: pairParams,
    output: pairSchema,
    refusals: ['not_found', 'no_series', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  findOtherTimes: {
    stage: 'book',
    method: 'POST',
    path: 'reviews/{reviewId}/times',
    summary: "Other times in a month that are free for both, where the review's own time is taken",
    access: 'managerOfPair',
    params: z.object({ reviewId: reviewIdSchema }),
    output: z.object({ times: z.array(slotSchema.extend({ sellerTime: wallTimeSchema })) }),
    refusals: [
      'not_found',
      'no_series',
      'sealed',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  addExtraReview: {
    stage: 'book',
    method: 'POST',
    path: 'pairs/{pairId}/extra-reviews',
    summary: 'One more review beside the series, with a meeting and a form of its own',
    access: 'managerOfPair',
    params: pairParams,
    body: slotSchema.extend({ minutes: minutesSchema }),
    output: pairSchema,
    status: 202,
    refusals: [
      'not_found',
      'no_series',
      'slot_in_the_past',
      'limit_reached',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  continueReview: {
    stage: 'book',
    method: 'POST',
    path: 'reviews/{reviewId}/continuation',
    summary: 'Goes on another day with a review that was interrupted: the same form, another meeting',
    access: 'managerOfPair',
    params: z.object({ reviewId: reviewIdSchema }),
    body: slotSchema.extend({ minutes: minutesSchema }),
    output: pairSchema,
    status: 202,
    refusals: [
      'not_found',
      'no_series',
      'slot_in_the_past',
      'too_early',
      'sealed',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  addAbsence: {
    stage: 'book',
    method: 'POST',
    path: 'pairs/{pairId}/absences',
    summary: 'A longer absence of either side, dates only: its months are skipped and reminders stay quiet',
    access: 'eitherOfPair',
    params: pairParams,
    body: absencePeriodSchema,
    output: pairSchema,
    refusals: [
      'not_found',
      'not_allowed',
      'slot_in_the_past',
      'limit_reached',
      'consent_required',
      'interaction_required',
      'microsoft_unavailable',
    ],
  },
  removeAbsence: {
    stage: 'book',
    method: 'DELETE',
    path: 'pairs/{pairId}/absences/{absenceId}',
    summary: 'Takes an absence back; months that were skipped stay skipped',
    access: 'eitherOfPair',
    params: z.object({ pairId: pairIdSchema, absenceId: absenceSchema.shape.id }),
    output: pairSchema,
    refusals: ['not_found', 'not_allowed'],
  },
  setOwnBlocks: {
    stage: 'book',
    method: 'PUT',
    path: 'pairs/{pairId}/blocks',
    summary: "The seller's own private time to prepare and reflect, in the seller's own calendar",
    access: 'sellerOfPair',
    params: pairParams,
    body: z.object({ wanted: z.boolean() }),
    output: pairSchema,
    refusals: ['not_found', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  stopSeries: {
    stage: 'book',
    method: 'POST',
    path: 'pairs/{pairId}/stop',
    summary: 'Ends the series from today: what was held stays, what is to come is cancelled',
    access: 'managerOfPair',
    params: pairParams,
    output: pairSchema,
    refusals: ['not_found', 'no_series', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  rescheduleSeries: {
    stage: 'book',
    method: 'PUT',
    path: 'pairs/{pairId}/series',
    summary: 'Gives the months to come another pattern, time or length; what was held stays as it was',
    access: 'managerOfPair',
    params: pairParams,
    body: bookingSchema.pick({ pattern: true, time: true, zone: true, minutes: true }),
    output: pairSchema,
    status: 202,
    refusals: ['not_found', 'no_series', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  findAppointment: {
    stage: 'book',
    method: 'GET',
    path: 'appointments',
    summary: 'The review behind an appointment that is open in Outlook, or a meeting that is open in Teams',
    access: 'member',
    query: z.object({
      iCalUId: z.string().max(512).optional(),
      eventId: z.string().max(512).optional(),
      chatId: z.string().max(256).optional(),
      /** Start of the opened occurrence, where the host tells it. */
      start: instantSchema.optional(),
    }),
    output: z.object({
      pair: pairSchema,
      /** The review by time; several when it is in doubt, and then the person is asked. */
      reviews: z.array(
        z.object({ id: reviewIdSchema, month: monthSchema, occurrence: occurrenceTimeSchema }),
      ),
    }),
    refusals: ['not_found'],
  },
  graphNotifications: {
    stage: 'book',
    method: 'POST',
    path: 'graph/notifications',
    summary: "Microsoft Graph's change and lifecycle notifications",
    access: 'microsoft',
    query: z.object({ validationToken: z.string().max(2048).optional() }),
    status: 202,
    refusals: [],
  },
} as const satisfies Routes;
