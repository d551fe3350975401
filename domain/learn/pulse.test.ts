import { expect, test } from 'vitest';
import type { MonthText } from '../time.ts';
import { type PulseAnswer, pulseOf } from './pulse.ts';

const march = '2027-03' as MonthText;
const answer = (sellerId: string, month: string, p_heard: string, rest = {}): PulseAnswer => ({
  sellerId,
  month: month as MonthText,
  answers: { p_heard, ...rest },
});
const five = (month: string) =>
  ['a', 'b', 'c', 'd', 'e'].map((id, index) => answer(id, month, String(index + 1)));

test('five people give an average, in steps of a half', () => {
  expect(pulseOf(five('2027-02'), march)).toEqual([
    { month: '2027-02', p_heard: 3, p_step: null, p_own: null },
  ]);
  const six = [...five('2027-02'), answer('f', '2027-02', '5')];
  // 20 / 6 is 3.33: shown as a half, it does not tell what the sixth has said.
  expect(pulseOf(six, march)[0]?.p_heard).toBe(3.5);
});

test('four people give nothing, and two reviews of one are one person', () => {
  const four = five('2027-02').slice(0, 4);
  expect(pulseOf(four, march)).toEqual([]);
  expect(pulseOf([...four, answer('a', '2027-02', '5')], march)).toEqual([]);
});

test('each statement is counted by itself, and what is no answer is none', () => {
  const some = five('2027-02').map((one, index) => ({
    ...one,
    answers: { ...one.answers, p_step: index < 4 ? '5' : '', p_own: '6' },
  }));
  expect(pulseOf(some, march)).toMatchObject([{ p_heard: 3, p_step: null, p_own: null }]);
});

test('the month that runs is not shown; the others are, newest first', () => {
  const all = [...five('2027-01'), ...five('2027-03'), ...five('2027-02')];
  expect(pulseOf(all, march).map(({ month }) => month)).toEqual(['2027-02', '2027-01']);
});
