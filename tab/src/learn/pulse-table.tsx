import { makeStyles, tokens } from '@fluentui/react-components';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import type { RouteAnswer } from '@medspill/domain/contract';
import { monthName, numberText } from '@medspill/domain/format';
import { useLanguage, useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    maxWidth: '44rem',
    '@media (max-width: 479px)': { fontSize: tokens.fontSizeBase200, hyphens: 'auto' },
  },
  head: {
    textAlign: 'start',
    verticalAlign: 'bottom',
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  cell: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    fontVariantNumeric: 'tabular-nums',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

const columns = [
  ['p_heard', texts.pulseHeard],
  ['p_step', texts.pulseStep],
  ['p_own', texts.pulseOwn],
] as const;

/** Averages of the three statements, month by month. */
export function PulseTable({ months }: { months: RouteAnswer<'teamPulse'>['months'] }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  return (
    <table className={styles.table} aria-label={t(texts.pulseTitle)}>
      <thead>
        <tr>
          {[texts.month, ...columns.map(([, text]) => text)].map((text) => (
            <th key={text.en} scope="col" className={styles.head}>
              {t(text)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.map((line) => (
          <tr key={line.month}>
            <th scope="row" className={styles.cell}>
              {monthName(line.month, language)}
            </th>
            {columns.map(([key]) => {
              const value = line[key];
              return (
                <td key={key} className={styles.cell}>
                  {value === null ? t(texts.tooFew) : numberText(value, language, 1)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
