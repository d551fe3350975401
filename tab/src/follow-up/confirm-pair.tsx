import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  step: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`,
  },
  words: { flex: '1 1 18rem' },
});

/** A pair starts when the seller has confirmed it: the directory may be wrong, or a day behind. */
export function ConfirmPair({
  pair,
  onConfirmed,
}: {
  pair: PairView;
  onConfirmed: (pair: PairView) => void;
}) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const name = pair.manager.firstName;
  const confirm = useCommand('confirmPair', (confirmed) => {
    announce(t(followUpTexts.confirmed, { name }));
    onConfirmed(confirmed);
  });
  return (
    <>
      <div className={styles.step}>
        <Text size={400} className={styles.words}>
          {t(followUpTexts.stepConfirm, { name })}
        </Text>
        <Button
          appearance="primary"
          size="large"
          disabledFocusable={confirm.busy}
          onClick={() => void confirm.run({ params: { pairId: pair.id } })}
        >
          {t(followUpTexts.confirm)}
        </Button>
      </div>
      <ProblemNotice problem={confirm.problem} onRetry={confirm.again} />
    </>
  );
}
