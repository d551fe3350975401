// What both have chosen in their preparation, to read while they meet. The own stands here before the other's is open.
import { makeStyles, tokens } from '@fluentui/react-components';
import { evidenceTexts as texts } from '@medspill/domain/content/texts/evidence';
import type { Evidence } from '@medspill/domain/prepare/contract';
import { isComplete, type Tray } from '@medspill/domain/prepare/evidence';
import { EvidenceList } from '../prepare/evidence-list.tsx';
import { useSay } from '../shell/host-context.tsx';
import { useLive } from './live-context.tsx';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
});

/** Only what is marked as ready, the own too: this screen may be shared. */
export function EvidenceAtHand({ kinds }: { kinds: readonly Evidence['kind'][] }) {
  const styles = useStyles();
  const t = useSay();
  const { review, other } = useLive();
  const chosen = (tray: Tray = {}): Tray =>
    Object.fromEntries(
      Object.entries(tray).filter(([, item]) => item.ready && isComplete(item) && kinds.includes(item.kind)),
    );
  const trays = [
    { title: t(texts.ownTitle), tray: chosen(review.mine.evidence) },
    { title: t(texts.othersTitle, { name: other.firstName }), tray: chosen(review.others?.evidence) },
  ];
  return trays.map(({ title, tray }) =>
    Object.keys(tray).length === 0 ? null : (
      <div key={title} className={styles.part}>
        <h3 className={styles.heading}>{title}</h3>
        <EvidenceList review={review} tray={tray} />
      </div>
    ),
  );
}
