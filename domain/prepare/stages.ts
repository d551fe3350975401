/** The eight steps of the sales process, in their order; texts are in the catalogue under the same keys. */
export const stageKeys = [
  'prospecting',
  'qualification',
  'discovery',
  'presentation',
  'objections',
  'negotiation',
  'closing',
  'follow_up',
] as const;
export type StageKey = (typeof stageKeys)[number];
