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
