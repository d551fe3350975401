// What a writer is asked to look at once more. Plain rules on the writer's own device: nothing is sent, stored or judged.
// Rules: capabilities 30 (facts before judgement) and section 5 (no data on health).

export type WordingKind = 'health' | 'generalisation';
/** `word` as it was written. */
export type WordingHint = { kind: WordingKind; word: string };

/**
 * Words that would make a text about a person one about health. A star stands for any ending: `sykmeld*` finds
 * `sykmeldingen`. Words that are mostly about customers are left out (a doctor's surgery buys too).
 */
const health = [
  'sykmeld*',
  'sykemeld*',
  'sykefravær*',
  'sykdom*',
  'egenmelding*',
  'diagnose*',
  'diagnosis',
  'depresjon*',
  'deprimert*',
  'depress*',
  'angst*',
  'anxiety',
  'utbrent*',
  'utmattet*',
  'burnout',
  'gravid*',
  'pregnan*',
  'svangerskap*',
  'fastlege*',
  'psykolog*',
  'psykiat*',
  'psychologist',
  'psychiatr*',
  'medisinering*',
  'medication',
  'sick leave',
  'illness*',
  'adhd',
  'alkoholproblem*',
  'rusproblem*',
] as const;

/** Somebody, and within a few words of the same sentence a word that leaves no exception. */
const people = ['du', 'han', 'hun', 'dere', 'de', 'you', 'he', 'she', 'they'] as const;
const absolutes = ['alltid', 'aldri', 'bestandig', 'always', 'never'] as const;
/** Judgements of a person where an action could be named. */
const labels = ['lat', 'udugelig*', 'håpløs*', 'umulig å samarbeide', 'lazy', 'useless', 'hopeless'] as const;

const edge = { before: '(?<![\\p{L}\\p{N}])', after: '(?![\\p{L}\\p{N}])' };
const any = (words: readonly string[]) =>
  `(?:${words.map((word) => word.replace('*', '\\p{L}*')).join('|')})`;
const whole = (source: string) => new RegExp(`${edge.before}(${source})${edge.after}`, 'iu');

const healthRule = whole(any(health));
const labelRule = whole(any(labels));
const absoluteRule = new RegExp(
  `${edge.before}${any(people)}${edge.after}(?:[^\\p{L}.!?\\n]+\\p{L}+){0,3}[^\\p{L}.!?\\n]+(${any(absolutes)})${edge.after}`,
  'iu',
);

/**
 * The hints for a text in Norwegian or English, at most one of each kind, health first. Only the first 10,000
 * characters are read, which is all that a field holds.
 */
export function wordingHints(text: string): WordingHint[] {
  const read = text.slice(0, 10_000);
  const found = (kind: WordingKind, ...rules: RegExp[]): WordingHint[] => {
    const word = rules.map((rule) => rule.exec(read)?.[1]).find((one) => one !== undefined);
    return word === undefined ? [] : [{ kind, word }];
  };
  return [...found('health', healthRule), ...found('generalisation', labelRule, absoluteRule)];
}
