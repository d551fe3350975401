/**
 * The shared form of a review: one Yjs document with fixed roots and fixed slots. Slots are fixed because two valid
 * updates may merge into an invalid whole: nobody can make a sixth figure, so two people cannot make it together.
 * Words are Y.Text roots, one per field; values with closed keys are entries of the one Y.Map `choices`.
 */
import * as Y from 'yjs';
import type { Side } from '../people.ts';
import { type StageKey, stageKeys } from '../prepare/stages.ts';
import type { DateText } from '../time.ts';
import { type AgendaKey, agendaKeys } from './agenda.ts';

/** The characters that the server holds a field to: the contract's `textLimit`, without its schemas in the tab. */
export const fieldLimit = 10_000;

/** The one Y.Map of the document. */
export const choicesRoot = 'choices';

export const strengthSlots = [0, 1, 2] as const;
/** A sixth figure has nowhere to stand (capability 13). */
export const figureSlots = [0, 1, 2, 3, 4] as const;
export const actionSlots = [0, 1, 2, 3, 4] as const;
export const promiseSlots = [0, 1, 2, 3, 4] as const;
export const focusSlots = [0, 1] as const;
/** At most three short-term goals and two long-term ones (content.json, smart.limits). */
export const goalSlots = ['short.0', 'short.1', 'short.2', 'long.0', 'long.1'] as const;
export type GoalSlot = (typeof goalSlots)[number];
export type GoalHorizon = 'short' | 'long';

export function isGoalSlot(text: string): text is GoalSlot {
  return (goalSlots as readonly string[]).includes(text);
}

export function horizonOf(slot: GoalSlot): GoalHorizon {
  return slot.startsWith('short.') ? 'short' : 'long';
}

/** A root for words; `limit` is what the server holds it to, `advised` what the screen counts towards. */
export type TextRoot = { name: string; kind: 'text'; limit: number; advised?: number };
export type MapRoot = { name: typeof choicesRoot; kind: 'map' };
export type FormRoot = TextRoot | MapRoot;

/** The most characters a summary has in the record (capability 37). */
export const summaryLimit = 1500;
/** The characters a goal has (content.json, smart.letters specific). */
export const goalTextRange = { least: 20, most: 400 } as const;

function text(name: string, advised?: number): TextRoot {
  return { name, kind: 'text', limit: fieldLimit, ...(advised === undefined ? {} : { advised }) };
}

export const textRoots: readonly TextRoot[] = [
  ...agendaKeys.map((key) => text(`note.${key}`)),
  text('summary', summaryLimit),
  ...strengthSlots.flatMap((slot) => [text(`strength.${slot}.text`), text(`strength.${slot}.example`)]),
  ...figureSlots.flatMap((slot) => [text(`figure.${slot}.label`, 80), text(`figure.${slot}.value`, 80)]),
  ...goalSlots.flatMap((slot) => [
    text(`goal.${slot}.text`, goalTextRange.most),
    text(`goal.${slot}.measure`, 400),
    text(`goal.${slot}.ifThen`, 400),
    text(`goal.${slot}.priority`, 400),
    ...actionSlots.map((action) => text(`goal.${slot}.action.${action}`, 400)),
  ]),
  ...promiseSlots.map((slot) => text(`promise.${slot}.text`, 400)),
];

export const formRoots: readonly FormRoot[] = [...textRoots, { name: choicesRoot, kind: 'map' }];

export const textRootNames: ReadonlySet<string> = new Set(textRoots.map((root) => root.name));

const goalKinds = ['learning', 'result'] as const;
export type GoalKind = (typeof goalKinds)[number];

/** Reads a value of one kind of choice; undefined for anything else. */
type Reader<T> = (value: unknown) => T | undefined;

function oneOf<T extends string>(values: readonly T[]): Reader<T> {
  return (value) => values.find((one) => one === value);
}

const stageOf = oneOf(stageKeys);
const kindOf = oneOf(goalKinds);
const sideOf = oneOf<Side>(['manager', 'seller']);
const agendaKeyOf = oneOf(agendaKeys);
const yesOrNo: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

/** A date that is in the calendar, `2027-02-28`. */
const dateOf: Reader<DateText> = (value) => {
  const parts = typeof value === 'string' ? /^([12]\d{3})-(\d\d)-(\d\d)$/.exec(value) : null;
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days ? (value as DateText) : undefined;
};

/** Every key that `choices` may hold, and how its value is read. An unset choice has no entry. */
export const choiceReaders: ReadonlyMap<string, Reader<unknown>> = new Map<string, Reader<unknown>>([
  ['agenda.current', agendaKeyOf],
  ...focusSlots.map((slot): [string, Reader<unknown>] => [`focus.${slot}`, stageOf]),
  ...goalSlots.flatMap((slot): [string, Reader<unknown>][] => [
    [`goal.${slot}.stage`, stageOf],
    [`goal.${slot}.kind`, kindOf],
    [`goal.${slot}.dueOn`, dateOf],
    [`goal.${slot}.doer`, sideOf],
    [`goal.${slot}.follower`, sideOf],
    ...actionSlots.map((action): [string, Reader<unknown>] => [
      `goal.${slot}.action.${action}.dueOn`,
      dateOf,
    ]),
  ]),
  ...promiseSlots.map((slot): [string, Reader<unknown>] => [`promise.${slot}.dueOn`, dateOf]),
  ['noPromiseNeeded', yesOrNo],
  ['form.short', yesOrNo],
]);

export type FormAction = { text: string; dueOn?: DateText | undefined };

/** One goal as it stands in its slot, finished or not. */
export type FormGoal = {
  slot: GoalSlot;
  horizon: GoalHorizon;
  text: string;
  measure: string;
  ifThen: string;
  priority: string;
  /** Always five, empty ones included, so that an action keeps its place. */
  actions: FormAction[];
  stage?: StageKey;
  kind?: GoalKind;
  dueOn?: DateText;
  doer?: Side;
  follower?: Side;
};

export type FormPromise = { slot: string; text: string; dueOn?: DateText };

/** The shared form in plain words. */
export type FormContent = {
  notes: Record<AgendaKey, string>;
  summary: string;
  strengths: { text: string; example: string }[];
  figures: { label: string; value: string }[];
  /** None, one or two, each once. */
  focus: StageKey[];
  goals: Record<GoalSlot, FormGoal>;
  promises: FormPromise[];
  noPromiseNeeded: boolean;
  /** The quarter of an hour, for a month with no time. */
  isShort: boolean;
  agendaCurrent?: AgendaKey;
};

/** An empty form, as every review begins. */
export function newForm(): Y.Doc {
  return new Y.Doc();
}

function words(doc: Y.Doc, name: string): string {
  return doc.getText(name).toString();
}

/** A choice as its reader knows it: a document from another version may hold a value that nobody knows now. */
function choice<T>(doc: Y.Doc, key: string, read: Reader<T>): T | undefined {
  return read(doc.getMap(choicesRoot).get(key));
}

function optional<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: T });
}

function goalIn(doc: Y.Doc, slot: GoalSlot): FormGoal {
  const at = `goal.${slot}`;
  return {
    slot,
    horizon: horizonOf(slot),
    text: words(doc, `${at}.text`),
    measure: words(doc, `${at}.measure`),
    ifThen: words(doc, `${at}.ifThen`),
    priority: words(doc, `${at}.priority`),
    actions: actionSlots.map((action) => ({
      text: words(doc, `${at}.action.${action}`),
      ...optional('dueOn', choice(doc, `${at}.action.${action}.dueOn`, dateOf)),
    })),
    ...optional('stage', choice(doc, `${at}.stage`, stageOf)),
    ...optional('kind', choice(doc, `${at}.kind`, kindOf)),
    ...optional('dueOn', choice(doc, `${at}.dueOn`, dateOf)),
    ...optional('doer', choice(doc, `${at}.doer`, sideOf)),
    ...optional('follower', choice(doc, `${at}.follower`, sideOf)),
  };
}

export function readForm(doc: Y.Doc): FormContent {
  const chosen = focusSlots.map((slot) => choice(doc, `focus.${slot}`, stageOf));
  return {
    notes: Object.fromEntries(agendaKeys.map((key) => [key, words(doc, `note.${key}`)])) as Record<
      AgendaKey,
      string
    >,
    summary: words(doc, 'summary'),
    strengths: strengthSlots.map((slot) => ({
      text: words(doc, `strength.${slot}.text`),
      example: words(doc, `strength.${slot}.example`),
    })),
    figures: figureSlots.map((slot) => ({
      label: words(doc, `figure.${slot}.label`),
      value: words(doc, `figure.${slot}.value`),
    })),
    // Both may have chosen the same stage at the same time, in one slot each: it counts once.
    focus: stageKeys.filter((stage) => chosen.includes(stage)),
    goals: Object.fromEntries(goalSlots.map((slot) => [slot, goalIn(doc, slot)])) as Record<
      GoalSlot,
      FormGoal
    >,
    promises: promiseSlots.map((slot) => ({
      slot: String(slot),
      text: words(doc, `promise.${slot}.text`),
      ...optional('dueOn', choice(doc, `promise.${slot}.dueOn`, dateOf)),
    })),
    noPromiseNeeded: choice(doc, 'noPromiseNeeded', yesOrNo) ?? false,
    isShort: choice(doc, 'form.short', yesOrNo) ?? false,
    ...optional('agendaCurrent', choice(doc, 'agenda.current', agendaKeyOf)),
  };
}

export function readGoal(form: FormContent, slot: GoalSlot): FormGoal {
  return form.goals[slot];
}
