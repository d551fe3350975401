// The seller's own private time around the reviews: asked once, and brought up to date whenever the seller is here, since
// nobody else may write in their calendar.
import { Button, makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useEffect, useRef } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  offer: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Props = { pair: PairView; onChanged: (pair: PairView) => void };

/** For the seller of a confirmed pair with a review ahead, or with time that is still set aside. */
export function OwnTime({ pair, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const { ownBlocks } = pair;
  const set = useCommand('setOwnBlocks', onChanged);
  const params = { pairId: pair.id };
  const choose = async (wanted: boolean) => {
    const answer = await set.run({ params, body: { wanted } });
    if (answer.ok) announce(t(wanted ? bookTexts.ownTimeSet : bookTexts.ownTimeGone));
  };
  const catchUp = useRef(set.run);
  catchUp.current = set.run;
  const wanted = ownBlocks?.wanted ?? false;
  const behind = ownBlocks?.behind ?? false;
  useEffect(() => {
    if (behind) void catchUp.current({ params: { pairId: pair.id }, body: { wanted } });
  }, [behind, wanted, pair.id]);
  if (pair.side !== 'seller' || pair.confirmedAt === undefined) return null;
  if (ownBlocks === undefined && pair.nextReview === undefined) return null;
  return (
    <div className={styles.offer}>
      {ownBlocks === undefined ? (
        <>
          <Text weight="semibold">{t(bookTexts.ownTimeOffer)}</Text>
          <Text size={200} className={styles.quiet}>
            {t(bookTexts.privateBlocksHint)}
          </Text>
          <div className={styles.actions}>
            <Button disabledFocusable={set.busy} onClick={() => void choose(true)}>
              {t(bookTexts.setAside)}
            </Button>
            <Button appearance="subtle" disabledFocusable={set.busy} onClick={() => void choose(false)}>
              {t(bookTexts.notNow)}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Switch
            checked={wanted}
            label={t(bookTexts.privateBlocks)}
            onChange={(_, data) => void choose(data.checked)}
          />
          <Text size={200} className={styles.quiet}>
            {t(bookTexts.privateBlocksHint)}
          </Text>
        </>
      )}
      <ProblemNotice problem={set.problem} onRetry={set.again} />
    </div>
  );
}
