import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type DateText, type InstantText, occurrenceTime, type WallTime, type Zone } from '../time.ts';
import { mayStart, mayWrite, movedTo, phaseOf, revealOf, startOf, stateOf, type Timed } from './phase.ts';

const occurrence = occurrenceTime('2027-01-06' as DateText, '10:00' as WallTime, 'Europe/Oslo' as Zone, 45);
const at = (time: string) => `2027-01-06T${time}:00.000Z` as InstantText;
const now = (time: string) => Temporal.Instant.from(at(time));
const planned: Timed = { occurrence, state: 'planned' };

test.each([
  ['a minute before', planned, '08:59', undefined, 'before', 'planned'],
  ['on the minute', planned, '09:00', at('09:00'), 'during', 'running'],
  ['at its end', planned, '09:45', at('09:00'), 'after', 'running'],
  [
    'opened early',
    { ...planned, state: 'running', startedAt: at('08:50') },
    '08:51',
    at('08:50'),
    'during',
    'running',
  ],
  [
    'opened late',
    { ...planned, state: 'running', startedAt: at('09:30') },
    '10:10',
    at('09:00'),
    'during',
    'running',
  ],
  [
    'opened late, over',
    { ...planned, state: 'running', startedAt: at('09:30') },
    '10:15',
    at('09:00'),
    'after',
    'running',
  ],
  ['skipped', { ...planned, state: 'skipped' }, '09:10', undefined, 'after', 'skipped'],
  ['signed by one', { ...planned, state: 'signing' }, '09:40', at('09:00'), 'after', 'signing'],
  ['sealed', { ...planned, state: 'sealed' }, '09:40', at('09:00'), 'after', 'sealed'],
] as const)('%s', (_name, review, time, start, phase, state) => {
  expect(startOf(review, now(time))).toBe(start);
  expect(phaseOf(review, now(time))).toBe(phase);
  expect(stateOf(review, now(time))).toBe(state);
});

test.each([
  ['nobody is ready', planned, '08:00', undefined],
  ['both were ready', { ...planned, revealedAt: at('07:00') }, '08:00', at('07:00')],
  ['the meeting has started', planned, '09:00', at('09:00')],
  ['both were ready before it started', { ...planned, revealedAt: at('07:00') }, '10:00', at('07:00')],
  ['a skipped month opens nothing by time', { ...planned, state: 'skipped' }, '12:00', undefined],
] as const)('answers open: %s', (_name, review, time, opened) => {
  expect(revealOf(review, now(time))).toBe(opened);
});

test.each([
  [planned, '08:44', 'too_early'],
  [planned, '08:45', 'ok'],
  [planned, '23:00', 'ok'],
  [{ ...planned, state: 'running' }, '09:10', 'ok'],
  [{ ...planned, state: 'signing' }, '09:40', 'ok'],
  [{ ...planned, state: 'sealed' }, '09:40', 'sealed'],
  [{ ...planned, state: 'closed_unsigned' }, '09:40', 'sealed'],
  [{ ...planned, state: 'skipped' }, '09:40', 'sealed'],
] as const)('starting %j at %s is %s', (review, time, expected) => {
  const outcome = mayStart(review, now(time));
  expect(outcome.ok ? 'ok' : outcome.refusal.code).toBe(expected);
});

test.each([
  ['planned', 'ok'],
  ['running', 'ok'],
  ['signing', 'frozen'],
  ['sealed', 'sealed'],
  ['closed_unsigned', 'sealed'],
  ['skipped', 'sealed'],
] as const)('writing in a review that is %s: %s', (state, expected) => {
  const outcome = mayWrite({ state });
  expect(outcome.ok ? 'ok' : outcome.refusal.code).toBe(expected);
});

test.each([
  ['before its start: closed until the new one', '08:30', '10:00', undefined],
  ['after its start: what had opened stays open', '09:05', '10:00', at('09:00')],
] as const)('a review that is moved %s', (_name, movedAt, readAt, opened) => {
  const later = occurrenceTime('2027-01-06' as DateText, '12:00' as WallTime, 'Europe/Oslo' as Zone, 45);
  const moved = movedTo(planned, later, now(movedAt));
  expect(moved.occurrence).toBe(later);
  expect(revealOf(moved, now(readAt))).toBe(opened);
  expect(phaseOf(moved, now(readAt))).toBe('before');
});
