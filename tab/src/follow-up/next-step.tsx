import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { goalChangeTexts } from '@medspill/domain/content/texts/goal-change';
import type { RouteAnswer } from '@medspill/domain/contract';
import { longDate } from '@medspill/domain/format';
import { useHost, useLanguage, useSay } from '../shell/host-context.tsx';
import { useNavigation } from '../shell/navigation.tsx';
import { ConfirmPair } from './confirm-pair.tsx';

const useStyles = makeStyles({
  step: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`,
  },
  words: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, flex: '1 1 18rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Own = NonNullable<RouteAnswer<'home'>['asSeller']>;

/** The one thing to do next, and its button. */
export function NextStep({ own, onChanged }: { own: Own; onChanged: () => void }) {
  const styles = useStyles();
  const t = useSay();
  const host = useHost();
  const language = useLanguage();
  const { go } = useNavigation();
  const name = own.pair.manager.firstName;
  const { nextStep } = own;
  if (nextStep === undefined) return <Text>{t(followUpTexts.nothingNow)}</Text>;
  const { kind, id, dueOn } = nextStep;
  if (kind === 'confirm_pair') return <ConfirmPair pair={own.pair} onConfirmed={onChanged} />;
  const joinUrl = own.pair.nextReview?.id === id ? own.pair.nextReview.joinUrl : own.pair.series?.joinUrl;
  const ways = {
    prepare: {
      text: t(followUpTexts.stepPrepare, { name }),
      verb: t(followUpTexts.prepare),
      act: () => go({ name: 'review', id, part: 'prepare' }),
    },
    join: {
      text: t(followUpTexts.stepJoin, { name }),
      verb: t(followUpTexts.join),
      // In a room there is nothing to join but the form.
      act: () => (joinUrl === undefined ? go({ name: 'review', id, part: 'run' }) : host.openLink(joinUrl)),
    },
    sign: {
      text: t(followUpTexts.stepSign),
      verb: t(followUpTexts.sign),
      act: () => go({ name: 'review', id, part: 'sign' }),
    },
    checkpoint: {
      text: t(followUpTexts.stepCheckpoint),
      verb: t(followUpTexts.answerCheckpoint),
      act: () => go({ name: 'goal', id }),
    },
    goal_change: {
      text: t(goalChangeTexts.stepAnswer, { name }),
      verb: t(goalChangeTexts.answer),
      act: () => go({ name: 'goal', id }),
    },
    action: {
      text: t(followUpTexts.stepAction),
      verb: t(followUpTexts.openGoal),
      act: () => go({ name: 'goal', id }),
    },
    reflect: {
      text: t(followUpTexts.stepReflect),
      verb: t(followUpTexts.reflect),
      act: () => go({ name: 'review', id, part: 'reflect' }),
    },
  };
  const way = ways[kind];
  return (
    <div className={styles.step}>
      <div className={styles.words}>
        <Text size={400}>{way.text}</Text>
        {dueOn !== undefined && (
          <Text size={200} className={styles.quiet}>
            {t(followUpTexts.byDate, { date: longDate(dueOn, language) })}
          </Text>
        )}
      </div>
      <Button appearance="primary" size="large" onClick={way.act}>
        {way.verb}
      </Button>
    </div>
  );
}
