// A part of a page that is fetched when it is first shown. Without a network it waits and takes nothing else down:
// people write on in a tunnel.
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { type ComponentType, useEffect, useState } from 'react';
import { useSay } from '../shell/host-context.tsx';
import { Busy } from './busy.tsx';
import { Notice } from './notice.tsx';

const retryMs = 5_000;

/** `quiet`: nothing stands in its place until it is there. */
export function fetched<P extends object>(
  load: () => Promise<ComponentType<P>>,
  look: 'busy' | 'quiet' = 'busy',
): ComponentType<P> & { prefetch: () => void } {
  let ready: ComponentType<P> | undefined;
  const get = async () => {
    ready ??= await load();
    return ready;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, where its module begins
  function Fetched(props: P) {
    const t = useSay();
    const [Part, setPart] = useState(() => ready);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Part !== undefined) return;
      let stopped = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const attempt = () => {
        clearTimeout(timer);
        get().then(
          (part) => !stopped && setPart(() => part),
          () => {
            if (stopped) return;
            setFailed(true);
            timer = setTimeout(attempt, retryMs);
          },
        );
      };
      attempt();
      window.addEventListener('online', attempt);
      return () => {
        stopped = true;
        clearTimeout(timer);
        window.removeEventListener('online', attempt);
      };
    }, [Part]);
    if (Part !== undefined) return <Part {...props} />;
    if (look === 'quiet') return null;
    return failed ? <Notice intent="info">{t(shellTexts.partWaits)}</Notice> : <Busy />;
  }
  return Object.assign(Fetched, { prefetch: () => void get().catch(() => undefined) });
}
