import type { Mark } from '@medspill/domain/book/calendar-preview';
import type { Pattern } from '@medspill/domain/book/pattern';
import { say } from '@medspill/domain/content/text';
import { markTexts, patternTexts, weekdayTexts, weekTexts } from '@medspill/domain/content/texts/book';
import { listText } from '@medspill/domain/format';
import type { Language } from '@medspill/domain/people';

/** «Første onsdag i måneden» / First Wednesday of the month */
export function patternText(pattern: Pattern, language: Language): string {
  switch (pattern.kind) {
    case 'weekday':
      return say(patternTexts.weekday, language, {
        week: weekTexts[pattern.week][language],
        weekday: weekdayTexts[pattern.weekday][language],
      });
    case 'date':
      return say(patternTexts.date, language, { day: pattern.day });
    case 'last_weekday':
      return say(patternTexts.last_weekday, language);
  }
}

/** «grunnlovsdagen og andre pinsedag», «påskeuka» */
export function markText(mark: Mark, language: Language): string {
  if (mark.kind !== 'holiday') return say(markTexts[mark.kind], language);
  return listText(
    mark.names.map((name) => name[language]),
    language,
  );
}
