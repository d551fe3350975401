/** The eight items of the agenda in their order; titles, guides and minutes are in content.json under the same keys. */
export const agendaKeys = [
  'open',
  'since_last',
  'numbers',
  'stages',
  'goals',
  'resources',
  'plan',
  'close',
] as const;
export type AgendaKey = (typeof agendaKeys)[number];

/** Minutes of each item of the short form, for a month with no time: a quarter of an hour, and a whole record. */
export const shortMinutes: Readonly<Partial<Record<AgendaKey, number>>> = {
  open: 1,
  since_last: 2,
  stages: 5,
  goals: 4,
  resources: 1,
  close: 2,
};

/** What a review goes through. The short form leaves items out; what was written in them stays. */
export function agendaOf(isShort: boolean): readonly AgendaKey[] {
  return isShort ? agendaKeys.filter((key) => key in shortMinutes) : agendaKeys;
}

/** The item itself where the agenda has it, else the next one that it has. */
export function itemIn(agenda: readonly AgendaKey[], wanted: AgendaKey | undefined): AgendaKey {
  const from = agendaKeys.indexOf(wanted ?? agendaKeys[0]);
  return agenda.find((key) => agendaKeys.indexOf(key) >= from) ?? 'close';
}
