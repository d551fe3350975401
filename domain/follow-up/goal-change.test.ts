import { describe, expect, it } from 'vitest';
import { isPublicHoliday } from '../holidays.ts';
import type { DateText, InstantText } from '../time.ts';
import type { Goal, GoalProposal, GoalWords } from './contract.ts';
import { acceptProposal, changeMissing, checkpointsAfterChange } from './goal-change.ts';

const date = (text: string) => text as DateText;
/** A Wednesday. */
const today = date('2027-01-20');
const at = '2027-01-20T09:00:00.000Z' as InstantText;

const words: GoalWords = {
  text: 'Oppsummere behovet i alle nye kundemøter',
  measure: 'Åtte av ti møtenotater',
  actions: [{ text: 'Skrive spørsmål', dueOn: date('2027-01-08') }, { text: 'Øve med Amina' }],
  ifThen: '',
  priority: '',
  dueOn: date('2027-02-05'),
};
const goal: Omit<Goal, 'id' | 'pairId' | 'reviewId' | 'version' | 'state'> = {
  ...words,
  slot: 'short.0',
  horizon: 'short',
  kind: 'learning',
  stage: 'discovery',
  doer: 'seller',
  follower: 'manager',
  actions: [
    { text: 'Skrive spørsmål', dueOn: date('2027-01-08'), done: true },
    { text: 'Øve med Amina', done: false },
  ],
  confidence: { manager: 8, seller: 7 },
  attractive: 'Mer ro',
  earlier: [],
  checkpoints: [
    {
      number: 1,
      dueOn: date('2027-01-13'),
      state: 'answered',
      answer: { at, done: '', learned: '', state: 'stuck', needHelp: '' },
    },
    { number: 2, dueOn: date('2027-01-20'), state: 'due' },
    { number: 3, dueOn: date('2027-01-27'), state: 'coming' },
  ],
};

describe('what a changed goal lacks', () => {
  const missing = (more: Partial<GoalWords>, of = goal) =>
    changeMissing(of, { ...words, ...more }, today, isPublicHoliday);
  it('is nothing when it is whole, though no step comes within a week, since one is done', () => {
    expect(missing({})).toEqual([]);
  });
  it('is a step within a week when none is done', () => {
    const untouched = { ...goal, actions: goal.actions.map((action) => ({ ...action, done: false })) };
    expect(missing({}, untouched)).toEqual(['first_action_within_a_week']);
  });
  it.each<[string, Partial<GoalWords>, string[]]>([
    ['a measure', { measure: ' ' }, ['measure']],
    ['a due date to come', { dueOn: today }, ['due_date_passed']],
    ['a due date that is worked', { dueOn: date('2027-01-31') }, ['due_date_not_working_day']],
    ['a due date near enough', { dueOn: date('2027-06-01') }, ['due_date_too_late']],
    ['a second step', { actions: words.actions.slice(0, 1) }, ['two_actions']],
    ['words', { text: 'Kort' }, ['text_too_short']],
  ])('is %s', (_name, more, expected) => {
    expect(missing(more)).toEqual(expected);
  });
});

describe('an accepted proposal', () => {
  const proposal: GoalProposal = {
    id: '0193a5c2-0000-4000-8000-000000000001',
    by: 'seller',
    at,
    reason: 'Kunden har utsatt møtene',
    words: { ...words, dueOn: date('2027-02-26'), actions: [...words.actions, { text: 'Ringe tre kunder' }] },
    confidence: 9,
    attractive: 'Mer tid',
  };
  const accepted = acceptProposal(
    { ...goal, proposal },
    proposal,
    { confidence: 6, at },
    today,
    isPublicHoliday,
  );

  it('changes the goal and keeps how it read, with the reason', () => {
    expect(accepted).toMatchObject({ dueOn: '2027-02-26', confidence: { manager: 6, seller: 9 } });
    expect(accepted.attractive).toBe('Mer tid');
    expect(accepted).not.toHaveProperty('proposal');
    expect(accepted.earlier).toEqual([
      { ...words, proposalId: proposal.id, changedBy: 'seller', reason: proposal.reason, until: at },
    ]);
  });
  it('keeps the tick of a step that reads as it did', () => {
    expect(accepted.actions.map(({ text, done }) => [text, done])).toEqual([
      ['Skrive spørsmål', true],
      ['Øve med Amina', false],
      ['Ringe tre kunder', false],
    ]);
  });
  it('ends the goal when it has no words, and nobody is asked about it any more', () => {
    const { words: _none, ...end } = proposal;
    const ended = acceptProposal(
      { ...goal, proposal: end },
      end,
      { confidence: 6, at },
      today,
      isPublicHoliday,
    );
    expect(ended.ended).toEqual({ at, by: 'seller', reason: proposal.reason, proposalId: proposal.id });
    expect(ended).toMatchObject({ text: words.text, earlier: [], confidence: { manager: 8, seller: 7 } });
    expect(ended.checkpoints.map(({ number }) => number)).toEqual([1]);
  });
});

describe('checkpoints after a change', () => {
  const after = (dueOn: string, on = today) =>
    checkpointsAfterChange(goal.checkpoints, on, date(dueOn), isPublicHoliday).map((one) => [
      one.number,
      one.dueOn,
    ]);
  it('stay before the new due date', () => {
    expect(after('2027-02-26')).toEqual([
      [1, '2027-01-13'],
      [2, '2027-01-20'],
      [3, '2027-01-27'],
    ]);
    expect(after('2027-01-26')).toEqual([
      [1, '2027-01-13'],
      [2, '2027-01-20'],
    ]);
  });
  it('get one more when none is left to come, on a working day and not after the goal is due', () => {
    expect(after('2027-03-31', date('2027-03-19'))).toContainEqual([4, '2027-03-30']);
    expect(after('2027-02-02', date('2027-01-29'))).toContainEqual([4, '2027-02-02']);
  });
});
