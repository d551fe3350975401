import { MessageBar, MessageBarBody, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useTexts } from '../texts.ts';

const useStyles = makeStyles({
  middle: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexGrow: 1,
    minHeight: '160px',
    padding: tokens.spacingHorizontalXL,
  },
});

export function Waiting({ error }: { error?: string | undefined }) {
  const styles = useStyles();
  const t = useTexts();
  return (
    <div className={styles.middle}>
      {error === undefined ? (
        <Spinner label={t('loading')} />
      ) : (
        <MessageBar intent="error">
          <MessageBarBody>{t('failed', { reason: error })}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
