// What Microsoft's own windows ask of a person: consent to the app, and a second factor.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useTexts } from '../texts.ts';

export type Question = { kind: 'consent' | 'verify'; answer(yes: boolean): void };

export function AskDialog({ question }: { question: Question | undefined }) {
  const t = useTexts();
  const kind = question?.kind ?? 'consent';
  return (
    <Dialog
      open={question !== undefined}
      onOpenChange={(_event, { open }) => {
        if (!open) question?.answer(false);
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t(kind === 'consent' ? 'consentTitle' : 'verifyTitle')}</DialogTitle>
          <DialogContent>{t(kind === 'consent' ? 'consentText' : 'verifyText')}</DialogContent>
          <DialogActions>
            <Button onClick={() => question?.answer(false)}>{t('cancel')}</Button>
            <Button appearance="primary" onClick={() => question?.answer(true)}>
              {t(kind === 'consent' ? 'allow' : 'verify')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
