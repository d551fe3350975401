import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { RouteName } from '@medspill/domain/contract';
import type { ReactNode } from 'react';
import type { Command } from '../client/use-command.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

type Props<N extends RouteName> = {
  /** Begins with the verb of the button. */
  title: string;
  verb: string;
  /** What follows from it, and who is told. */
  text: string;
  command: Command<N>;
  disabled?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** One change of a series: it says first what follows, then asks what it needs, then tells what went wrong. */
export function SeriesDialog<N extends RouteName>(props: Props<N>) {
  const { title, verb, text, command, disabled = false, onConfirm, onClose, children } = props;
  const styles = useStyles();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={title}
      verb={verb}
      busy={command.busy}
      disabled={disabled}
      onConfirm={onConfirm}
    >
      <div className={styles.column}>
        <Text>{text}</Text>
        {children}
        <ProblemNotice problem={command.problem} onRetry={command.again} />
      </div>
    </ConfirmDialog>
  );
}
