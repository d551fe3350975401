import { checkpoints } from '@medspill/domain/content/sections/checkpoints';
import { goalChangeTexts } from '@medspill/domain/content/texts/goal-change';
import type { Goal } from '@medspill/domain/follow-up/contract';
import { useSay } from '../shell/host-context.tsx';
import { type Status, StatusBadge } from '../ui/status-badge.tsx';

const looks: Record<Goal['state'], Status> = {
  on_track: 'good',
  at_risk: 'watch',
  stuck: 'bad',
  done: 'good',
  changed: 'neutral',
  ended: 'neutral',
};

export function GoalState({ state }: { state: Goal['state'] }) {
  const t = useSay();
  const label =
    state === 'ended' ? goalChangeTexts.ended : checkpoints.states.find((one) => one.key === state)?.label;
  return label === undefined ? null : <StatusBadge status={looks[state]} text={t(label)} />;
}
