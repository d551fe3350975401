import type { MonthText } from '../time.ts';
import { lessonKey } from './questions.ts';

export type ReflectedBefore = {
  month?: MonthText | undefined;
  answers?: Record<string, string> | undefined;
};

/** The one thing its author wanted to do differently, from the newest reflection before a month that names one. */
export function lessonFor(month: MonthText, reflections: readonly ReflectedBefore[]): string | undefined {
  return reflections
    .filter((reflection) => reflection.month !== undefined && reflection.month < month)
    .sort((a, b) => (b.month ?? '').localeCompare(a.month ?? ''))
    .map((reflection) => reflection.answers?.[lessonKey]?.trim() ?? '')
    .find((text) => text !== '');
}
