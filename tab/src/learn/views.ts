import { scale } from '@medspill/domain/content/sections/stages';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import type { RouteAnswer } from '@medspill/domain/contract';
import { useSay } from '../shell/host-context.tsx';

export type Months = RouteAnswer<'growth'>['months'];
export type Names = { manager: string; seller: string };

/** What a view is called in words. */
export function useViewName(): (view: number | null | undefined) => string {
  const t = useSay();
  return (view) => {
    if (view === undefined) return t(texts.notRated);
    const level = scale.find((one) => one.value === view);
    if (level === undefined) return t(texts.notRated);
    return view === null ? t(level.label).toLowerCase() : `${view} – ${t(level.label)}`;
  };
}
