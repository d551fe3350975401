import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  busy: { display: 'flex', justifyContent: 'center', padding: tokens.spacingVerticalXXXL },
});

/** For a page that is being read; long work shows its steps instead. */
export function Busy({ label }: { label?: string }) {
  const styles = useStyles();
  const t = useSay();
  return (
    <div className={styles.busy} role="status">
      <Spinner size="small" label={label ?? t(shellTexts.loading)} />
    </div>
  );
}
