import { bookTexts } from '@medspill/domain/content/texts/book';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import type { DialogProps } from './series-actions.tsx';
import { SeriesDialog } from './series-dialog.tsx';

export function StopSeries({ pair, onClose, onChanged }: DialogProps) {
  const t = useSay();
  const announce = useAnnounce();
  const stop = useCommand('stopSeries', (next) => {
    announce(t(bookTexts.stopped));
    onChanged(next);
  });
  return (
    <SeriesDialog
      title={t(bookTexts.stopSeries)}
      verb={t(bookTexts.stop)}
      text={t(bookTexts.stopText, { name: pair.seller.firstName })}
      command={stop}
      onConfirm={() => void stop.run({ params: { pairId: pair.id } })}
      onClose={onClose}
    />
  );
}
