import { Button } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { takeoverTexts as texts } from '@medspill/domain/content/texts/trust';
import { shortDateTime } from '@medspill/domain/format';
import { deviceZone } from '../client/clock.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

type Props = { pair: PairView; onStopped: () => void };

/** Somebody else is to be the manager: both sides of the present pair see it, and can say that it is wrong. */
export function IncomingManager({ pair, onStopped }: Props) {
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const stop = useCommand('stopTakeover', () => {
    announce(t(texts.stopped));
    onStopped();
  });
  if (pair.incoming === undefined) return null;
  const { manager, startsAt } = pair.incoming;
  return (
    <>
      <Notice
        intent="warning"
        actions={
          <Button
            disabledFocusable={stop.busy}
            onClick={() => void stop.run({ params: { pairId: pair.id } })}
          >
            {t(texts.stop)}
          </Button>
        }
      >
        {t(texts.incoming, {
          manager,
          seller: pair.seller.name,
          when: shortDateTime(startsAt, deviceZone(), language),
        })}
      </Notice>
      <ProblemNotice problem={stop.problem} onRetry={stop.again} />
    </>
  );
}
