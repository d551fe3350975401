// A seller's own side: the next step, the next review, goals, promises.
import { makeStyles, tokens } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import type { RouteAnswer } from '@medspill/domain/contract';
import { Absences } from '../book/absences.tsx';
import { OwnTime } from '../book/own-time.tsx';
import { useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Section } from '../ui/section.tsx';
import { GoalCard } from './goal-card.tsx';
import { NextStep } from './next-step.tsx';
import { PromiseList } from './promise-list.tsx';
import { NextReview } from './review-line.tsx';

const useStyles = makeStyles({
  goals: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 22rem), 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
  },
  links: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXL },
});

type Own = NonNullable<RouteAnswer<'home'>['asSeller']>;
type Props = { own: Own; onChanged: (own: Own) => void; reload: () => void };

export function OwnHome({ own, onChanged, reload }: Props) {
  const styles = useStyles();
  const t = useSay();
  const { pair, next, goals, promises } = own;
  return (
    <>
      <Section title={t(followUpTexts.nextStep)} look="card">
        <NextStep own={own} onChanged={reload} />
      </Section>
      <Section title={t(followUpTexts.nextReview)} look="card">
        {next === undefined ? (
          <Empty text={t(followUpTexts.noNextReview)} />
        ) : (
          <NextReview pair={pair} review={next} />
        )}
        <Absences pair={pair} onChanged={(changed) => onChanged({ ...own, pair: changed })} />
        <OwnTime pair={pair} onChanged={(changed) => onChanged({ ...own, pair: changed })} />
        <p>
          <PageLink to={{ name: 'pair', id: pair.id }}>{t(bookTexts.openSeries)}</PageLink>
        </p>
      </Section>
      <Section title={t(followUpTexts.goals)}>
        {goals.length === 0 ? (
          <Empty text={t(followUpTexts.noGoals)} />
        ) : (
          <div className={styles.goals}>
            {goals.map((goal) => (
              <GoalCard
                key={goal.id}
                goal={goal}
                side="seller"
                onChanged={(changed) =>
                  onChanged({ ...own, goals: goals.map((one) => (one.id === changed.id ? changed : one)) })
                }
              />
            ))}
          </div>
        )}
      </Section>
      <Section title={t(followUpTexts.promisesFrom, { name: pair.manager.firstName })} look="card">
        <PromiseList
          promises={promises}
          side="seller"
          onChanged={(changed) =>
            onChanged({ ...own, promises: promises.map((one) => (one.id === changed.id ? changed : one)) })
          }
        />
      </Section>
      {own.otherPairs.map((other) => (
        <p key={other.id}>
          <PageLink to={{ name: 'pair', id: other.id }}>
            {t(bookTexts.otherReviews, { name: other.manager.name })}
          </PageLink>
        </p>
      ))}
      <div className={styles.links}>
        <PageLink to={{ name: 'growth', id: pair.id }}>{t(followUpTexts.showGrowth)}</PageLink>
        <PageLink to={{ name: 'moments' }}>{t(followUpTexts.showMoments)}</PageLink>
        <PageLink to={{ name: 'records' }}>{t(followUpTexts.showRecords)}</PageLink>
      </div>
    </>
  );
}
