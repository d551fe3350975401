import { Button } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

export function UndoBooking({ pair, onUndone }: { pair: PairView; onUndone: () => void }) {
  const t = useSay();
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  const undo = useCommand('undoBooking', () => {
    setOpen(false);
    announce(t(bookTexts.undone));
    onUndone();
  });
  return (
    <>
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(true)}>
        {t(bookTexts.undoBooking)}
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t(bookTexts.undoBooking)}
        verb={t(bookTexts.undo)}
        busy={undo.busy}
        onConfirm={() => void undo.run({ params: { pairId: pair.id } })}
      >
        <p>{t(bookTexts.undoText, { name: pair.seller.firstName })}</p>
        <ProblemNotice problem={undo.problem} onRetry={undo.again} />
      </ConfirmDialog>
    </>
  );
}
