import { expect, test } from 'vitest';
import { type Draft, proposalOf } from './proposal.ts';

const jonas = { name: 'Jonas Berg', mail: 'Jonas.Berg@nordvik.example' };
const draft = (rest: Partial<Draft> = {}): Draft => ({ attendees: [jonas], subject: '', ...rest });

test('attendees are compared by mail in lower case', () => {
  expect(proposalOf(draft()).mails).toEqual(['jonas.berg@nordvik.example']);
});

test('the half hour that Outlook fills in is nobody’s choice of time', () => {
  const proposal = proposalOf(draft({ start: '2027-01-12T09:30:00Z', end: '2027-01-12T10:00:00Z' }));
  expect(proposal).toEqual({ mails: ['jonas.berg@nordvik.example'] });
});

test('a length of ours keeps its time, another length is not proposed', () => {
  const start = '2027-01-12T09:30:00Z';
  expect(proposalOf(draft({ start, end: '2027-01-12T10:15:00Z' }))).toMatchObject({ minutes: 45, start });
  expect(proposalOf(draft({ start, end: '2027-01-12T12:00:00Z' }))).toEqual({
    mails: ['jonas.berg@nordvik.example'],
  });
});

test('a monthly recurrence becomes a pattern where ours can say it', () => {
  const pattern = (recurrence: Draft['recurrence']) =>
    proposalOf(draft(recurrence === undefined ? {} : { recurrence })).pattern;
  expect(pattern({ type: 'monthly', interval: 1, weekNumber: 'second', dayOfWeek: 'tue' })).toEqual({
    kind: 'weekday',
    week: 'second',
    weekday: 'tuesday',
  });
  expect(pattern({ type: 'monthly', interval: 1, dayOfMonth: 15 })).toEqual({ kind: 'date', day: 15 });
  expect(pattern({ type: 'monthly', weekNumber: 'last', dayOfWeek: 'weekday' })).toEqual({
    kind: 'last_weekday',
  });
  expect(pattern({ type: 'monthly', interval: 2, dayOfMonth: 15 })).toBeUndefined();
  expect(pattern({ type: 'monthly', weekNumber: 'first', dayOfWeek: 'sun' })).toBeUndefined();
  expect(pattern({ type: 'weekly', dayOfWeek: 'mon' })).toBeUndefined();
  expect(pattern(undefined)).toBeUndefined();
});
