import { makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  heard: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** Words for those who listen to the page. */
export function OnlyHeard({ children }: { children: ReactNode }) {
  const styles = useStyles();
  return <span className={styles.heard}>{children}</span>;
}
