import { Text } from '@fluentui/react-components';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import { fewestPeople } from '@medspill/domain/learn/pulse';
import { useAnswer } from '../client/use-answer.ts';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Section } from '../ui/section.tsx';
import { PulseTable } from './pulse-table.tsx';

/** How the manager's own sellers find the reviews; to a team under five there is nothing to show, ever. */
export function TeamPulse({ size }: { size: number }) {
  const t = useSay();
  const pulse = useAnswer('teamPulse', size < fewestPeople ? undefined : {}, 'remember');
  if (size < fewestPeople) return null;
  return (
    <Section title={t(texts.pulseTitle)} look="card">
      <ProblemNotice problem={pulse.problem} onRetry={pulse.reload} />
      {pulse.value !== undefined && pulse.value.months.length > 0 && (
        <PulseTable months={pulse.value.months} />
      )}
      <Text>{t(texts.pulseHelp)}</Text>
    </Section>
  );
}
