import { expect, it } from 'vitest';
import { agenda } from '../content/sections/agenda.ts';
import { type AgendaKey, agendaKeys, agendaOf, itemIn, shortMinutes } from './agenda.ts';

const lengths = ['short30', 'standard45', 'long60', 'first60'] as const;
const minutesOf = (key: AgendaKey, length: (typeof lengths)[number]) =>
  agenda.find((item) => item.key === key)?.minutes[length] ?? Number.NaN;

it.each([
  ...lengths.map((length) => [
    length,
    Number(length.slice(-2)),
    Object.fromEntries(agendaKeys.map((key) => [key, minutesOf(key, length)])),
  ]),
  ['short15', 15, shortMinutes],
] as [string, number, Record<string, number>][])(
  '%s fills its time, with at most five minutes of numbers and most on the stages',
  (_length, whole, minutes) => {
    const each = Object.values(minutes);
    expect(each.reduce((sum, one) => sum + one, 0)).toBe(whole);
    expect(minutes.numbers ?? 0).toBeLessThanOrEqual(5);
    const others = Object.entries(minutes).filter(([key]) => key !== 'stages');
    expect(Math.max(...others.map(([, one]) => one))).toBeLessThan(minutes.stages ?? 0);
  },
);

it('goes through six items in the short form, in their order', () => {
  expect(agendaOf(true)).toEqual(['open', 'since_last', 'stages', 'goals', 'resources', 'close']);
  expect(agendaOf(false)).toEqual(agendaKeys);
});

it.each<[AgendaKey | undefined, AgendaKey]>([
  [undefined, 'open'],
  ['open', 'open'],
  ['numbers', 'stages'],
  ['stages', 'stages'],
  ['plan', 'close'],
])('goes from %s to %s when the form becomes short', (from, to) => {
  expect(itemIn(agendaOf(true), from)).toBe(to);
});
