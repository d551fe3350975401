// The socket says only that something has moved on; it is loaded after the form stands and opened again when it closes.
import type { Bell, LiveParts } from './live-client.ts';

const pausesMs = [2_000, 5_000, 15_000, 30_000];

/** Opens the socket and keeps it open; answers how to close it. */
export const listenBySocket: LiveParts['listen'] = ({ url, onBell, onOpen }) => {
  let stopped = false;
  let close: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const again = () => {
    onOpen(false);
    if (stopped) return;
    timer = setTimeout(() => void open(), pausesMs[Math.min(failures, pausesMs.length - 1)]);
    failures += 1;
  };

  async function open(): Promise<void> {
    try {
      const first = await url();
      const { WebPubSubClient } = await import('@azure/web-pubsub-client');
      if (stopped) return;
      let next: string | undefined = first;
      const client = new WebPubSubClient({
        // An address lives five minutes: the first is at hand, later ones are asked for.
        getClientAccessUrl: async () => {
          const given = next ?? (await url());
          next = undefined;
          return given;
        },
      });
      client.on('connected', () => {
        failures = 0;
        onOpen(true);
      });
      client.on('disconnected', () => onOpen(false));
      client.on('stopped', again);
      client.on('group-message', ({ message }) => onBell(bellOf(message.data)));
      close = () => client.stop();
      await client.start();
    } catch {
      // Without a socket the form looks for news by itself.
      again();
    }
  }
  void open();

  return () => {
    stopped = true;
    clearTimeout(timer);
    close?.();
  };
};

function bellOf(data: unknown): Bell {
  return typeof data === 'object' && data !== null && !(data instanceof ArrayBuffer) ? (data as Bell) : {};
}
