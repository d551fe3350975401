import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { type ReactNode, useEffect } from 'react';
import { useSay } from '../shell/host-context.tsx';

type Props = {
  open: boolean;
  onClose: () => void;
  /** Begins with the verb of the button. */
  title: string;
  /** The same verb. */
  verb: string;
  busy?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
  children: ReactNode;
};

export function ConfirmDialog({ open, onClose, title, verb, busy, disabled, onConfirm, children }: Props) {
  const t = useSay();
  useEffect(() => showPageAgain, []);
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions fluid>
            <Button onClick={onClose}>{t(shellTexts.cancel)}</Button>
            <Button
              appearance="primary"
              onClick={onConfirm}
              disabled={disabled ?? false}
              disabledFocusable={busy ?? false}
            >
              {verb}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/**
 * A dialog that goes with the page's own change, before it has closed, leaves the page behind it hidden from screen
 * readers: its library gives the page back only when it closes by itself.
 */
function showPageAgain(): void {
  requestAnimationFrame(() => {
    if (document.querySelector('[role="dialog"]') !== null) return;
    document.querySelector('#root')?.removeAttribute('aria-hidden');
  });
}
