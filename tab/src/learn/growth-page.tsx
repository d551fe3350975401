import { makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { stages } from '@medspill/domain/content/sections/stages';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import { monthName } from '@medspill/domain/format';
import { type StageKey, stageKeys } from '@medspill/domain/prepare/stages';
import { useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { StagePicture } from './stage-picture.tsx';
import { type Months, type Names, useViewName } from './views.ts';

const useStyles = makeStyles({
  pictures: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(17rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  picture: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    margin: 0,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 0,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  tables: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  scroll: { overflowX: 'auto' },
  table: { borderCollapse: 'collapse', width: '100%', maxWidth: '44rem' },
  caption: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    paddingBottom: tokens.spacingVerticalXS,
  },
  head: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  cell: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

/** Both views of each stage over the months, as a picture and as a table of the same data; no total, no ranking. */
export function GrowthPage({ pairId }: { pairId: string }) {
  const t = useSay();
  const growth = useAnswer('growth', { params: { pairId } });
  const pair = useAnswer('getPair', { params: { pairId } });
  return (
    <Page title={t(texts.growthTitle)} lead={t(texts.growthLead)}>
      <Reading of={growth}>
        {({ months }) => (
          <Reading of={pair}>
            {({ manager, seller }) => (
              <Growth
                months={[...months].sort((a, b) => a.month.localeCompare(b.month))}
                names={{ manager: manager.firstName, seller: seller.firstName }}
              />
            )}
          </Reading>
        )}
      </Reading>
    </Page>
  );
}

function Growth({ months, names }: { months: Months; names: Names }) {
  const styles = useStyles();
  const t = useSay();
  const [look, setLook] = useState<'picture' | 'table'>('picture');
  // A stage that neither has observed yet has nothing to draw.
  const rated = stageKeys.filter((key) =>
    months.some(({ stages: views }) =>
      views.some(({ stage, manager, seller }) => stage === key && (manager ?? seller ?? null) !== null),
    ),
  );
  if (rated.length === 0) return <Empty text={t(texts.noGrowth)} />;
  return (
    <>
      <Section
        title={t(texts.stages)}
        look="card"
        aside={
          <TabList
            size="small"
            aria-label={t(texts.howShown)}
            selectedValue={look}
            onTabSelect={(_, data) => setLook(data.value === 'table' ? 'table' : 'picture')}
          >
            <Tab value="picture">{t(texts.picture)}</Tab>
            <Tab value="table">{t(texts.table)}</Tab>
          </TabList>
        }
      >
        {look === 'picture' ? (
          <div className={styles.pictures}>
            {rated.map((stage) => (
              <figure key={stage} className={styles.picture}>
                <h3 className={styles.title}>
                  <StageTitle stage={stage} />
                </h3>
                <StagePicture stage={stage} months={months} names={names} />
              </figure>
            ))}
          </div>
        ) : (
          <div className={styles.tables}>
            {rated.map((stage) => (
              <StageTable key={stage} stage={stage} months={months} names={names} />
            ))}
          </div>
        )}
      </Section>
      <Section title={t(texts.keptTitle)} look="card">
        <KeptTable months={months} />
      </Section>
    </>
  );
}

function StageTitle({ stage }: { stage: StageKey }) {
  const t = useSay();
  const found = stages.find((one) => one.key === stage);
  return <>{found === undefined ? stage : t(found.title)}</>;
}

function StageTable({ stage, months, names }: { stage: StageKey; months: Months; names: Names }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const viewName = useViewName();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>
          <StageTitle stage={stage} />
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.head}>
              {t(texts.month)}
            </th>
            <th scope="col" className={styles.head}>
              {names.manager}
            </th>
            <th scope="col" className={styles.head}>
              {names.seller}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, stages: views }) => {
            const view = views.find((one) => one.stage === stage);
            return (
              <tr key={month}>
                <th scope="row" className={styles.cell}>
                  {monthName(month, language)}
                </th>
                <td className={styles.cell}>{viewName(view?.manager)}</td>
                <td className={styles.cell}>{viewName(view?.seller)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function KeptTable({ months }: { months: Months }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t(texts.keptTitle)}>
        <thead>
          <tr>
            {[texts.month, texts.goals, texts.promises].map((text) => (
              <th key={text.en} scope="col" className={styles.head}>
                <Text>{t(text)}</Text>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((one) => (
            <tr key={one.month}>
              <th scope="row" className={styles.cell}>
                {monthName(one.month, language)}
              </th>
              <td className={styles.cell}>
                {t(texts.ofCount, { count: one.goalsReached, of: one.goalsSet })}
              </td>
              <td className={styles.cell}>
                {t(texts.ofCount, { count: one.promisesKept, of: one.promisesMade })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
