import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { useLive } from './live-context.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  slot: { minWidth: 0 },
});

type Props = {
  /** Which of the fixed slots hold something. */
  used: readonly boolean[];
  /** Slots shown from the start, empty or not. */
  least: number;
  addText: string;
  children: (slot: number) => ReactNode;
};

/** Fixed slots that look like a list: the used ones, and one more at a time. */
export function GrowingList({ used, least, addText, children }: Props) {
  const styles = useStyles();
  const { writable } = useLive();
  const [asked, setAsked] = useState(0);
  const shown = Math.max(least, asked, used.lastIndexOf(true) + 1);
  return (
    <>
      <div className={styles.list}>
        {used.slice(0, shown).map((_, slot) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its number
          <div key={slot} className={styles.slot}>
            {children(slot)}
          </div>
        ))}
      </div>
      {shown < used.length && writable && (
        <div>
          <Button appearance="subtle" icon={<Add20Regular />} onClick={() => setAsked(shown + 1)}>
            {addText}
          </Button>
        </div>
      )}
    </>
  );
}
