import { Badge } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  Circle16Regular,
  Clock16Regular,
  ErrorCircle16Filled,
  Warning16Filled,
} from '@fluentui/react-icons';

export type Status = 'good' | 'watch' | 'bad' | 'waiting' | 'neutral';

const looks = {
  good: { color: 'success', icon: <CheckmarkCircle16Filled /> },
  watch: { color: 'warning', icon: <Warning16Filled /> },
  bad: { color: 'danger', icon: <ErrorCircle16Filled /> },
  waiting: { color: 'informative', icon: <Clock16Regular /> },
  neutral: { color: 'subtle', icon: <Circle16Regular /> },
} as const;

/** A state by words and a sign; the colour only helps. */
export function StatusBadge({ status, text }: { status: Status; text: string }) {
  const { color, icon } = looks[status];
  return (
    <Badge appearance="tint" size="large" color={color} icon={icon} style={{ whiteSpace: 'nowrap' }}>
      {text}
    </Badge>
  );
}
