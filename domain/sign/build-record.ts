// The shared form becomes a record: what was written and agreed, without anything that is private.

import type { Part } from '../prepare/contract.ts';
import { ratingOnFocus } from '../prepare/preparation.ts';
import type { Confirmations } from '../run/contract.ts';
import type { FormContent, GoalHorizon, GoalSlot } from '../run/form.ts';
import { goalSlots } from '../run/form.ts';
import type { DateText, MonthText } from '../time.ts';
import type { RecordContent, RecordGoal } from './contract.ts';

export type RecordSource = {
  recordId: RecordContent['recordId'];
  reviewId: RecordContent['reviewId'];
  pairId: string;
  month: MonthText;
  ordinal: number;
  heldOn: DateText;
  manager: RecordContent['manager'];
  seller: RecordContent['seller'];
  template: RecordContent['template'];
  form: FormContent;
  /** Both sides' ratings; only what its author marked ready enters. */
  ratings: { manager: Part['ratings']; seller: Part['ratings'] };
  confirmations: Confirmations;
  /** SHA-256 (hex) of each goal's canonical words, by slot: a confirmation of other words does not count. */
  goalHashes: Record<GoalSlot, string>;
  previousDigest: string | null;
};

/** What a record still needs before it can be signed (capabilities 4, 5 and 37). A strength is never forced (56). */
export type RecordMissing = 'summary' | 'focus' | 'promise' | 'short_goals' | 'long_goals';

export function buildRecord(source: RecordSource): RecordContent {
  const { form } = source;
  return {
    schema: 'medspill-record-1',
    recordId: source.recordId,
    reviewId: source.reviewId,
    pairId: source.pairId,
    month: source.month,
    ordinal: source.ordinal,
    heldOn: source.heldOn,
    manager: { id: source.manager.id, name: source.manager.name },
    seller: { id: source.seller.id, name: source.seller.name },
    template: source.template,
    summary: form.summary.trim(),
    notes: Object.entries(form.notes)
      .map(([agendaKey, text]) => ({ agendaKey, text: text.trim() }))
      .filter((note) => note.text !== ''),
    strengths: form.strengths
      .map(({ text, example }) => ({ text: text.trim(), example: example.trim() }))
      .filter((strength) => strength.text !== '' && strength.example !== ''),
    figures: form.figures
      .map(({ label, value }) => ({ label: label.trim(), value: value.trim() }))
      .filter((figure) => figure.label !== '' && figure.value !== ''),
    focusStages: form.focus.map((stage) => ({
      stage,
      ...ratingOf('manager', source.ratings.manager[stage]),
      ...ratingOf('seller', source.ratings.seller[stage]),
    })),
    goals: goalSlots.flatMap((slot) => agreedGoal(source, slot)),
    promises: form.promises.flatMap(({ slot, text, dueOn }) =>
      text.trim() === '' || dueOn === undefined ? [] : [{ slot, text: text.trim(), dueOn }],
    ),
    noPromiseNeeded: form.noPromiseNeeded,
    previousDigest: source.previousDigest,
  };
}

function ratingOf<K extends 'manager' | 'seller'>(
  side: K,
  rating: Part['ratings'][keyof Part['ratings']],
): { [P in K]?: { value: number | null; example: string } } {
  if (rating === undefined || !rating.ready) return {};
  const { value, example } = ratingOnFocus(rating);
  return { [side]: { value, example: example.trim() } } as {
    [P in K]?: { value: number | null; example: string };
  };
}

/** A goal enters only as both have confirmed it, word for word (capability 32). */
function agreedGoal(source: RecordSource, slot: GoalSlot): RecordGoal[] {
  const { manager, seller } = source.confirmations[slot] ?? {};
  const hash = source.goalHashes[slot];
  const goal = source.form.goals[slot];
  if (manager?.hash !== hash || seller?.hash !== hash) return [];
  const { stage, kind, dueOn, doer, follower } = goal;
  if (stage === undefined || kind === undefined || dueOn === undefined) return [];
  if (doer === undefined || follower === undefined) return [];
  return [
    {
      slot,
      horizon: goal.horizon,
      kind,
      stage,
      text: goal.text.trim(),
      measure: goal.measure.trim(),
      actions: goal.actions
        .filter((action) => action.text.trim() !== '')
        .map((action) => ({
          text: action.text.trim(),
          ...(action.dueOn === undefined ? {} : { dueOn: action.dueOn }),
        })),
      ifThen: goal.ifThen.trim(),
      priority: goal.priority.trim(),
      dueOn,
      doer,
      follower,
      confidence: { manager: manager.confidence, seller: seller.confidence },
      attractive: seller.attractive ?? '',
    },
  ];
}

/** `room`: how many goals of each horizon there is place for beside those that are open from earlier reviews. */
export function recordMissing(
  content: RecordContent,
  room: { short: number; long: number },
): RecordMissing[] {
  const missing: RecordMissing[] = [];
  if (content.summary === '') missing.push('summary');
  if (content.focusStages.length === 0) missing.push('focus');
  if (content.promises.length === 0 && !content.noPromiseNeeded) missing.push('promise');
  const agreed = (horizon: GoalHorizon) => content.goals.filter((goal) => goal.horizon === horizon).length;
  if (agreed('short') > room.short) missing.push('short_goals');
  if (agreed('long') > room.long) missing.push('long_goals');
  return missing;
}
