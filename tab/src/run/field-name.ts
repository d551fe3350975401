import { agenda } from '@medspill/domain/content/sections/agenda';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import type { Say } from '../shell/host-context.tsx';

/** What a root of the form is called where its words stand outside of their field. */
export function fieldName(root: string, t: Say): string {
  const [kind = '', first = '', second = '', third = ''] = root.split('.');
  const number = Number(kind === 'goal' ? second : first) + 1;
  switch (kind) {
    case 'note': {
      const item = agenda.find((one) => one.key === first);
      return item === undefined ? t(texts.note) : `${t(item.title)}: ${t(texts.note).toLowerCase()}`;
    }
    case 'summary':
      return t(texts.summary);
    case 'strength':
      return t(texts.strength, { number });
    case 'figure':
      return t(texts.figure, { number });
    case 'promise':
      return t(texts.promise, { number });
    default: {
      const goal = t(first === 'long' ? texts.longGoal : texts.shortGoal, { number });
      return third === 'action'
        ? `${goal}: ${t(texts.action, { number: Number(root.at(-1)) + 1 }).toLowerCase()}`
        : goal;
    }
  }
}
