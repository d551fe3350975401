// How far the reviews reach, for whoever administers the app: counts per team and averages, never under five.
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import type { RouteAnswer } from '@medspill/domain/contract';
import { monthName } from '@medspill/domain/format';
import { useAnswer } from '../client/use-answer.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { PulseTable } from './pulse-table.tsx';

const useStyles = makeStyles({
  unit: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  months: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(8rem, 1fr))',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    margin: 0,
    paddingBlock: tokens.spacingVerticalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  value: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type Unit = RouteAnswer<'coverage'>['units'][number];

export function Coverage() {
  const styles = useStyles();
  const t = useSay();
  const coverage = useAnswer('coverage', {});
  return (
    <>
      <Section title={t(texts.coverageTitle)} look="card">
        <Reading of={coverage}>
          {({ units }) =>
            units.length === 0 ? (
              <Empty text={t(texts.noCoverage)} />
            ) : (
              units.map((unit) => <Team key={unit.manager ?? ''} unit={unit} />)
            )
          }
        </Reading>
        <Text className={styles.quiet}>{t(texts.coverageHelp)}</Text>
      </Section>
      <Section title={t(texts.pulseTitle)} look="card">
        <Reading of={coverage}>
          {({ pulse }) =>
            pulse.length === 0 ? <Empty text={t(texts.noPulse)} /> : <PulseTable months={pulse} />
          }
        </Reading>
        <Text className={styles.quiet}>{t(texts.pulseHelp)}</Text>
      </Section>
    </>
  );
}

function Team({ unit }: { unit: Unit }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const name = unit.manager ?? t(texts.smallTeams);
  return (
    <div className={styles.unit}>
      <h3 className={styles.title}>{t(texts.unit, { name, count: unit.sellers })}</h3>
      <dl className={styles.months}>
        {unit.months.map(({ month, sellers, held, skipped }) => (
          <div key={month}>
            <dt className={styles.quiet}>{monthName(month, language)}</dt>
            <dd className={styles.value}>
              {sellers === null || held === null
                ? t(texts.tooFew)
                : t(texts.ofCount, { count: held, of: sellers })}
              {skipped !== null && skipped > 0 && (
                <div className={styles.quiet}>{t(texts.skipped, { count: skipped })}</div>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
