import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { dayAndMonth } from '@medspill/domain/format';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import type { TeamLine } from './attention.ts';

const looks = {
  green: { status: 'good', text: followUpTexts.cadenceGreen },
  amber: { status: 'watch', text: followUpTexts.cadenceAmber },
  red: { status: 'bad', text: followUpTexts.cadenceRed },
  none_yet: { status: 'neutral', text: followUpTexts.cadenceNone },
} as const;

/** Green to 35 days, amber to 42, red after (capability 9). */
export function CadenceBadge({ cadence }: { cadence: TeamLine['cadence'] }) {
  const t = useSay();
  const { status, text } = looks[cadence.colour];
  return <StatusBadge status={status} text={t(text, { days: cadence.days ?? 0 })} />;
}

/** Why the days stand still: nobody is asked for a review in July or while somebody is away. */
export function PauseBadge({ cadence: { pause } }: { cadence: TeamLine['cadence'] }) {
  const t = useSay();
  const language = useLanguage();
  if (pause === undefined) return null;
  return (
    <StatusBadge
      status="neutral"
      text={
        pause.because === 'july'
          ? t(followUpTexts.pauseJuly)
          : t(followUpTexts.pauseAbsence, { date: dayAndMonth(pause.until, language) })
      }
    />
  );
}
