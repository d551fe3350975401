import type { MomentId, RecordId } from '../ids.ts';
import { done, type Outcome, refuse } from '../refusals.ts';
import type { Evidence, Part } from './contract.ts';
import { isSafeLink } from './safe-link.ts';

export type Tray = NonNullable<Part['evidence']>;

/** The most figures one side chooses: numbers are to be short (capability 13). */
export const figureLimit = 5;

/** The most items of all kinds: more than this nobody brings up in one meeting. */
export const evidenceLimit = 30;

/** Whether a tray holds no more than it may. Refusal: limit_reached, with the limit that was passed. */
export function roomFor(tray: Tray): Outcome<true> {
  const items = Object.values(tray);
  if (items.filter(({ kind }) => kind === 'figure').length > figureLimit) {
    return refuse({ code: 'limit_reached', limit: figureLimit });
  }
  if (items.length > evidenceLimit) return refuse({ code: 'limit_reached', limit: evidenceLimit });
  return done(true);
}

/** Whether an item says what it must: until then it is its author's alone, on the device where it is written. */
export function isComplete(item: Evidence): boolean {
  if (item.kind === 'figure') return item.label.trim() !== '' && item.value.trim() !== '';
  if (item.kind === 'quote') return item.text.trim() !== '';
  if (item.kind === 'link') return item.title.trim() !== '' && isSafeLink(item.url);
  return true;
}

/** Figures that may still be chosen. */
export function figuresLeft(tray: Tray): number {
  return figureLimit - Object.values(tray).filter(({ kind }) => kind === 'figure').length;
}

/** The items under one heading, in the order in which they came. */
export function itemsUnder(tray: Tray, under: Evidence['under']): [id: string, item: Evidence][] {
  return Object.entries(tray)
    .filter(([, item]) => item.under === under)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Records and moments that a save points to and the stored tray did not: these are to be looked up. */
export function newReferences(stored: Tray, given: Tray): (RecordReference | MomentReference)[] {
  return Object.entries(given).flatMap(([id, item]): (RecordReference | MomentReference)[] => {
    const before = stored[id];
    if (item.kind === 'record') {
      return before?.kind === 'record' && before.recordId === item.recordId
        ? []
        : [{ id, kind: item.kind, recordId: item.recordId }];
    }
    if (item.kind === 'moment') {
      return before?.kind === 'moment' && before.momentId === item.momentId
        ? []
        : [{ id, kind: item.kind, momentId: item.momentId }];
    }
    return [];
  });
}

type RecordReference = { id: string; kind: 'record'; recordId: RecordId };
type MomentReference = { id: string; kind: 'moment'; momentId: MomentId };
