// Feedback on what just happened, by situation, behaviour, impact (capability 44).
import { Button, Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { sbi } from '@medspill/domain/content/sections/feedback';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import type { RouteAnswer } from '@medspill/domain/contract';
import { longDate, wallClock } from '@medspill/domain/format';
import { useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { GiveFeedback } from './give-feedback.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
  },
  moment: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    overflowWrap: 'anywhere',
  },
  words: { whiteSpace: 'pre-wrap' },
  quiet: { color: tokens.colorNeutralForeground2 },
  choose: { maxWidth: '20rem' },
});

export function MomentsPage({ pairId }: { pairId?: string }) {
  const t = useSay();
  const home = useAnswer('home', {}, 'remember');
  return (
    <Page title={t(followUpTexts.momentsTitle)} lead={t(followUpTexts.momentsLead)}>
      <Reading of={home}>
        {({ asSeller, team }) => {
          const pairs = [
            ...team.map((line) => line.pair),
            ...(asSeller === undefined ? [] : [asSeller.pair]),
          ];
          return pairs.length === 0 ? (
            <Empty text={t(followUpTexts.noMoments)} />
          ) : (
            <Moments pairs={pairs} {...(pairId === undefined ? {} : { first: pairId })} />
          );
        }}
      </Reading>
    </Page>
  );
}

function otherOf(pair: PairView) {
  return pair.side === 'manager' ? pair.seller : pair.manager;
}

function Moments({ pairs, first }: { pairs: readonly PairView[]; first?: string }) {
  const styles = useStyles();
  const t = useSay();
  const [chosen, setChosen] = useState(first);
  const [writes, setWrites] = useState(false);
  const pair = pairs.find((one) => one.id === chosen) ?? pairs[0];
  const moments = useAnswer('listMoments', pair === undefined ? undefined : { params: { pairId: pair.id } });
  if (pair === undefined) return null;
  return (
    <div className={styles.column}>
      {pairs.length > 1 && (
        <Field label={t(followUpTexts.with)} className={styles.choose}>
          <Select value={pair.id} onChange={(_, data) => setChosen(data.value)}>
            {pairs.map((one) => (
              <option key={one.id} value={one.id}>
                {otherOf(one).name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {writes ? (
        <Section title={t(followUpTexts.giveFeedback)} look="card">
          <GiveFeedback
            key={pair.id}
            pair={pair}
            onClose={() => setWrites(false)}
            onShared={(moment) => {
              setWrites(false);
              moments.put({ moments: [moment, ...(moments.value?.moments ?? [])] });
            }}
          />
        </Section>
      ) : (
        <div>
          <Button appearance="primary" onClick={() => setWrites(true)}>
            {t(followUpTexts.giveFeedback)}
          </Button>
        </div>
      )}
      <Reading of={moments}>
        {(value) =>
          value.moments.length === 0 ? (
            <Empty text={t(followUpTexts.noMoments)} />
          ) : (
            <ul className={styles.list}>
              {value.moments.map((moment) => (
                <MomentItem key={moment.id} moment={moment} pair={pair} />
              ))}
            </ul>
          )
        }
      </Reading>
    </div>
  );
}

type Moment = RouteAnswer<'listMoments'>['moments'][number];

function MomentItem({ moment, pair }: { moment: Moment; pair: PairView }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const reader = pair.side === 'manager' ? pair.manager : pair.seller;
  const { date } = wallClock(moment.at, reader.zone);
  return (
    <li className={styles.moment}>
      <Text size={200} className={styles.quiet}>
        {t(followUpTexts.fromPerson, { name: pair[moment.by].firstName })} · {longDate(date, language)}
      </Text>
      {sbi.steps.map(({ key, label }) => {
        const words =
          key === 'situation' || key === 'behaviour' || key === 'impact' ? moment[key] : undefined;
        return words === undefined ? null : (
          <div key={key}>
            <Text as="p" block size={200} weight="semibold">
              {t(label)}
            </Text>
            <Text as="p" block className={styles.words}>
              {words}
            </Text>
          </div>
        );
      })}
    </li>
  );
}
