// Longer absences of either side, shown to both: two dates, never a reason.
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { longDate } from '@medspill/domain/format';
import { today } from '../client/today.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

type Props = { pair: PairView; onChanged: (pair: PairView) => void };

/** Those that have not ended, each with a way back for whoever may tell of it. */
export function Absences({ pair, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const remove = useCommand('removeAbsence', (next) => {
    announce(t(bookTexts.absenceRemoved));
    onChanged(next);
  });
  // One that has ended is kept for the cadence until the next review, and is nothing to show.
  const standing = pair.absences.filter(({ side, to }) => to >= today(pair[side].zone).toString());
  if (standing.length === 0) return null;
  return (
    <div className={styles.column}>
      {standing.map(({ id, side, from, to }) => (
        <Notice
          key={id}
          intent="info"
          {...(pair.side === 'manager' || side === 'seller'
            ? {
                actions: (
                  <Button
                    disabledFocusable={remove.busy}
                    onClick={() => void remove.run({ params: { pairId: pair.id, absenceId: id } })}
                  >
                    {t(bookTexts.removeAbsence)}
                  </Button>
                ),
              }
            : {})}
        >
          <Text>
            {t(side === pair.side ? bookTexts.youAreAway : bookTexts.otherIsAway, {
              name: pair[side].firstName,
              from: longDate(from, language),
              to: longDate(to, language),
            })}
          </Text>
        </Notice>
      ))}
      <ProblemNotice problem={remove.problem} onRetry={remove.again} />
    </div>
  );
}
