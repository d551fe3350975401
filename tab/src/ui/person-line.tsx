import { Avatar, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, minWidth: 0 },
  words: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground1,
  },
  detail: { color: tokens.colorNeutralForeground2 },
});

type Props = { name: string; detail?: ReactNode; size?: 24 | 32 | 40 };

export function PersonLine({ name, detail, size = 32 }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.line}>
      <Avatar name={name} size={size} color="colorful" idForColor={name} aria-hidden="true" />
      <div className={styles.words}>
        <Text weight="semibold">{name}</Text>
        {detail !== undefined && (
          <Text size={200} className={styles.detail}>
            {detail}
          </Text>
        )}
      </div>
    </div>
  );
}
