import { reportTexts as texts } from '@medspill/domain/content/texts/report';
import { numberText, percentText, shortDate } from '@medspill/domain/format';
import type { Language } from '@medspill/domain/people';
import type { ReportChoice, ReportFigure } from '@medspill/domain/prepare/report-figures';
import type { Say } from '../shell/host-context.tsx';

/** The most a figure's label and value hold. */
const longest = 80;

/** A figure in words, as it will stand in the tray: what it is, and how much. */
export function figureText(
  figure: ReportFigure,
  { from, to }: ReportChoice,
  t: Say,
  language: Language,
): { label: string; value: string } {
  const name = figure.kind === 'named' ? (figure.name ?? '') : t(texts[`figure_${figure.kind}`]);
  const label =
    from === undefined || to === undefined
      ? name
      : t(texts.figurePeriod, {
          label: name.slice(0, 48),
          from: shortDate(from, language),
          to: shortDate(to, language),
        });
  return { label: label.slice(0, longest), value: valueText(figure, t, language).slice(0, longest) };
}

function valueText({ kind, value, of, currency }: ReportFigure, t: Say, language: Language): string {
  if (kind === 'win_rate' && of !== undefined && of > 0) {
    return t(texts.rate, { value, of, share: percentText(Math.round((100 * value) / of), language) });
  }
  const number = numberText(value, language, Number.isInteger(value) ? 0 : 2);
  return currency === undefined ? number : `${number} ${currency}`;
}
