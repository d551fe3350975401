import { Button, Text } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { monthAfter, monthsLeft } from '@medspill/domain/book/occurrences';
import { renewWhenLeft } from '@medspill/domain/book/renewal';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { monthName } from '@medspill/domain/format';
import { Temporal } from 'temporal-polyfill';
import { nowMs } from '../client/clock.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

type Props = { pair: PairView; onChanged: (pair: PairView) => void };

/** Near the end of a series: twelve months more with one click. */
export function RenewalOffer({ pair, onChanged }: Props) {
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const renew = useCommand('renewSeries', (next) => {
    announce(t(bookTexts.renewed));
    onChanged(next);
  });
  const { series } = pair;
  if (pair.side !== 'manager' || series?.state !== 'booked') return null;
  const left = monthsLeft(series, Temporal.Instant.fromEpochMilliseconds(nowMs())).length;
  if (left === 0 || left > renewWhenLeft) return null;
  const last = monthAfter(series.firstMonth, series.months - 1);
  return (
    <>
      <Notice
        intent="info"
        actions={
          <Button
            disabledFocusable={renew.busy}
            onClick={() => void renew.run({ params: { pairId: pair.id } })}
          >
            {t(bookTexts.renew)}
          </Button>
        }
      >
        <Text>{t(bookTexts.renewText, { month: monthName(last, language) })}</Text>
      </Notice>
      <ProblemNotice problem={renew.problem} onRetry={renew.again} />
    </>
  );
}
