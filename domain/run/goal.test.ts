import { describe, expect, it } from 'vitest';
import type { DateText } from '../time.ts';
import { type FormGoal, newForm, readForm, readGoal } from './form.ts';
import { canonicalGoal, type GoalMissing, goalIsEmpty, goalMissing } from './goal.ts';

const date = (text: string) => text as DateText;
/** A Monday. */
const today = date('2027-01-11');

const whole: FormGoal = {
  slot: 'short.0',
  horizon: 'short',
  kind: 'learning',
  stage: 'discovery',
  text: 'Jeg oppsummerer behovet i alle nye kundemøter.',
  measure: 'Ti møtenotater med kundens bekreftelse',
  actions: [
    { text: 'Lage spørsmål', dueOn: date('2027-01-15') },
    { text: 'Prøve dem på lederen' },
    { text: '' },
    { text: '' },
    { text: '' },
  ],
  ifThen: '',
  priority: '',
  dueOn: date('2027-02-10'),
  doer: 'seller',
  follower: 'manager',
};

function without(key: keyof FormGoal): FormGoal {
  const { [key]: _left, ...rest } = whole;
  return rest as FormGoal;
}

describe('what a goal is missing', () => {
  const long: FormGoal = { ...whole, slot: 'long.0', horizon: 'long', dueOn: date('2028-02-14') };
  const cases: [string, FormGoal, GoalMissing[]][] = [
    ['nothing, when it is whole', whole, []],
    ['19 characters', { ...whole, text: 'x'.repeat(19) }, ['text_too_short']],
    ['20 characters, space around them not counted', { ...whole, text: ` ${'x'.repeat(20)} ` }, []],
    ['400 letters of two units each', { ...whole, text: '😀'.repeat(400) }, []],
    ['401 characters', { ...whole, text: 'x'.repeat(401) }, ['text_too_long']],
    ['no stage', without('stage'), ['stage']],
    ['no kind', without('kind'), ['kind']],
    ['no measure', { ...whole, measure: ' ' }, ['measure']],
    [
      'one action',
      { ...whole, actions: [{ text: 'Lage spørsmål', dueOn: date('2027-01-15') }] },
      ['two_actions'],
    ],
    [
      'the first action on day eight',
      { ...whole, actions: [{ text: 'a', dueOn: date('2027-01-19') }, { text: 'b' }] },
      ['first_action_within_a_week'],
    ],
    [
      'the first action on day seven',
      { ...whole, actions: [{ text: 'a' }, { text: 'b', dueOn: date('2027-01-18') }] },
      [],
    ],
    ['no due date', without('dueOn'), ['due_date']],
    ['a due date today', { ...whole, dueOn: today }, ['due_date_passed']],
    ['a due date on a Sunday', { ...whole, dueOn: date('2027-02-07') }, ['due_date_not_working_day']],
    ['day 92', { ...whole, dueOn: date('2027-04-13') }, []],
    ['day 93', { ...whole, dueOn: date('2027-04-14') }, ['due_date_too_late']],
    ['a long goal without a priority', long, ['priority']],
    ['a long goal on day 399', { ...long, priority: 'Nye markeder' }, []],
    [
      'a long goal on day 401',
      { ...long, priority: 'Nye markeder', dueOn: date('2028-02-16') },
      ['due_date_too_late'],
    ],
    ['no doer', without('doer'), ['doer']],
    ['no follower', without('follower'), ['follower']],
    ['one person in both roles', { ...whole, follower: 'seller' }, ['doer_and_follower_differ']],
  ];
  it.each(cases)('%s', (_name, goal, expected) => {
    expect(goalMissing(goal, today)).toEqual(expected);
  });

  it('holds Whit Monday to be no working day', () => {
    expect(goalMissing({ ...whole, dueOn: date('2027-05-17') }, date('2027-05-10'))).toContain(
      'due_date_not_working_day',
    );
  });
});

describe('what a confirmation is bound to', () => {
  it('changes with every word and every choice', () => {
    const others: FormGoal[] = [
      { ...whole, text: `${whole.text}!` },
      { ...whole, stage: 'closing' },
      { ...whole, kind: 'result' },
      { ...whole, doer: 'manager' },
      { ...whole, dueOn: date('2027-02-11') },
      { ...whole, actions: [...whole.actions].reverse() },
      { ...whole, measure: whole.ifThen, ifThen: whole.measure },
    ];
    const strings = [whole, ...others].map(canonicalGoal);
    expect(new Set(strings).size).toBe(strings.length);
  });

  it('does not change with space around the words', () => {
    expect(canonicalGoal({ ...whole, text: `\n${whole.text} ` })).toBe(canonicalGoal(whole));
  });
});

it('finds the goals of a new form empty', () => {
  expect(goalIsEmpty(readGoal(readForm(newForm()), 'long.1'))).toBe(true);
  expect(goalIsEmpty(whole)).toBe(false);
});
