// The next twelve dates, with what is in their way and one click to another day.
import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { Warning16Regular } from '@fluentui/react-icons';
import { gapOverJuly, type PreviewDate } from '@medspill/domain/book/calendar-preview';
import type { Pattern } from '@medspill/domain/book/pattern';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { dayAndMonth, longDate } from '@medspill/domain/format';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { markText } from './pattern-text.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM}`,
    paddingBlock: tokens.spacingVerticalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  marked: { paddingBlock: tokens.spacingVerticalS },
  date: { flexGrow: 1, minWidth: '13rem' },
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorPaletteDarkOrangeForeground1,
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, width: '100%' },
  notes: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Dates that the person wants instead, by month. */
export type Moves = Readonly<Record<string, string>>;

type Props = {
  pattern: Pattern;
  dates: readonly PreviewDate[];
  moves: Moves;
  onMove: (month: string, date: string | undefined) => void;
};

export function DateList({ pattern, dates, moves, onMove }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const marked = dates.filter((one) => one.mark !== undefined && moves[one.month] === undefined).length;
  const july = dates.find((one) => one.month.endsWith('-07'));
  return (
    <div className={styles.notes}>
      <Text as="p" block className={styles.quiet}>
        {marked === 0
          ? t(bookTexts.previewClear)
          : marked === 1
            ? t(bookTexts.previewOneMark)
            : t(bookTexts.previewMarks, { count: marked })}
      </Text>
      <ol className={styles.list}>
        {dates.map(({ month, date, mark, alternatives }) => {
          const moved = moves[month];
          return (
            <li key={month} className={mergeClasses(styles.item, mark !== undefined && styles.marked)}>
              <Text className={styles.date} weight={moved === undefined ? 'regular' : 'semibold'}>
                {longDate(moved ?? date, language)}
              </Text>
              {mark !== undefined && moved === undefined && (
                <Text size={200} className={styles.mark}>
                  <Warning16Regular aria-hidden="true" />
                  {markText(mark, language)}
                </Text>
              )}
              {moved !== undefined && (
                <>
                  <Text size={200} className={styles.quiet}>
                    {t(bookTexts.movedFrom, { date: dayAndMonth(date, language) })}
                  </Text>
                  <div className={styles.actions}>
                    <Button size="small" onClick={() => onMove(month, undefined)}>
                      {t(bookTexts.keepDate, { date: dayAndMonth(date, language) })}
                    </Button>
                  </div>
                </>
              )}
              {mark !== undefined && moved === undefined && (
                <div className={styles.actions}>
                  {alternatives.map((other) => (
                    <Button key={other} size="small" onClick={() => onMove(month, other)}>
                      {t(bookTexts.moveTo, { date: longDate(other, language).replace(/ \d{4}$/, '') })}
                    </Button>
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <Text as="p" block size={200} className={styles.quiet}>
        {pattern.kind === 'weekday' && t(bookTexts.gapsExplained)}{' '}
        {july?.mark?.kind === 'july' &&
          t(bookTexts.julyExplained, { days: gapOverJuly(pattern, Number(july.month.slice(0, 4))) })}
      </Text>
    </div>
  );
}
