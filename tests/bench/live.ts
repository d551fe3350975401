// The shared form beside y-websocket, keystroke by keystroke and turn by turn: how long until the other's document has
// it. Ours is checked, numbered and stored durably before the other is told; the peer's is passed on from memory.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { contract, type RouteAnswer, type RouteName } from '../../domain/contract.ts';
import type { Route } from '../../domain/route.ts';
import type { Answer } from '../../tab/src/client/call.ts';
import { listenBySocket } from '../../tab/src/run/listen.ts';
import { createLive } from '../../tab/src/run/live-client.ts';
import { memoryStore } from '../../tab/src/run/live-store.ts';
import type { Request } from '../api/person.ts';
import { type Booked, type Round, startRound } from '../api/round.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const keys = 400;
const warmUp = 60;
/** Somebody who types fast; a client gathers what is typed within 50 ms. */
const betweenKeysMs = 55;
const field = 'note.open';

/** `key` writes one and answers after how many milliseconds the other's document had it. */
type Parts = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

type Line = { key(): Promise<number>; close(): void };

export async function rows(): Promise<BenchRow[]> {
  const round = await startRound();
  const booked = await round.bookAndConfirm('Jonas');
  const peer = await startPeer();
  const lines = { ours: await openOurs(round, booked), theirs: await openTheirs(peer.url) };
  const took = { ours: [] as number[], theirs: [] as number[] };
  try {
    for (let n = -warmUp; n < keys; n++) {
      for (const name of ['ours', 'theirs'] as const) {
        const ms = await lines[name].key();
        if (n >= 0) took[name].push(ms);
      }
      await new Promise((resolve) => setTimeout(resolve, betweenKeysMs));
    }
  } finally {
    for (const line of Object.values(lines)) line.close();
    peer.close();
    await round.close();
  }
  return againstPeer('document', took, { p50: 5, p99: 2.5 });
}

/** `most`: how many times the peer's, where the issue says so. */
export function againstPeer(
  what: string,
  { ours, theirs }: { ours: number[]; theirs: number[] },
  most: { p50?: number; p99?: number } = {},
): BenchRow[] {
  return ([0.5, 0.95, 0.99] as const).map((share) => {
    const name = `p${Math.round(share * 100)}`;
    const [value, peer] = [percentile(ours, share), percentile(theirs, share)];
    const goal = share === 0.5 ? most.p50 : share === 0.99 ? most.p99 : undefined;
    return {
      name: `live: keystroke to the other's ${what}, ${name} (peer: y-websocket, unchecked and unstored)`,
      value: rounded(value),
      unit: 'ms',
      peer: rounded(peer),
      ratio: rounded(value / peer),
      ...(goal === undefined ? {} : { goal: `≤ ${goal} × y-websocket`, holds: value / peer <= goal }),
    };
  });
}

/** Types at the end of one text and waits until the other has as much. */
function lineBetween(from: () => Y.Doc, to: () => Y.Doc, close: () => void): Line {
  return {
    close,
    async key() {
      const text = from().getText(field);
      const seen = to().getText(field);
      const wanted = text.length + 1;
      const { promise, resolve } = Promise.withResolvers<number>();
      const observe = () => seen.length >= wanted && resolve(performance.now());
      seen.observe(observe);
      const started = performance.now();
      text.insert(text.length, 'a');
      const arrived = await promise;
      seen.unobserve(observe);
      return arrived - started;
    },
  };
}

/** What the tab's own client does, in Node: the same code, the same calls, the same socket. */
async function openOurs(round: Round, { reviewId }: Booked): Promise<Line> {
  const params = { reviewId };
  const open = async (name: string, side: 'manager' | 'seller') => {
    const ask = await callerOf(round, name);
    const live = createLive({
      side,
      store: memoryStore(),
      join: (clientId) => ask('joinLive', { params, query: clientId === undefined ? {} : { clientId } }),
      read: (since) => ask('readLive', { params, query: { since } }),
      write: (body) => ask('writeLive', { params, body }),
      showPresence: (body) => ask('showPresence', { params, body }),
      listen: listenBySocket,
    });
    const stop = live.start();
    await until(
      (changed) => live.subscribe(changed),
      () => live.view().link === 'saved' && live.view().hears,
    );
    return { live, stop };
  };
  const ingrid = await open('Ingrid', 'manager');
  const jonas = await open('Jonas', 'seller');
  return lineBetween(
    () => ingrid.live.view().doc,
    () => jonas.live.view().doc,
    () => {
      ingrid.stop();
      jonas.stop();
    },
  );
}

/** As the tab's own, with one token and over kept connections. */
async function callerOf({ sandbox }: Round, person: string) {
  const token = await sandbox.token(person);
  return async <N extends RouteName>(name: N, request: Request<N>): Promise<Answer<RouteAnswer<N>>> => {
    const { method, path } = contract[name] as Route;
    const { params = {}, query = {}, body } = request as Parts;
    const search = new URLSearchParams(query);
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? '');
    const response = await fetch(`${sandbox.api}/${filled}?${search}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : JSON.parse(text);
    return response.ok ? { ok: true, value: answer } : { ok: false, problem: answer };
  };
}

function until(subscribe: (changed: () => void) => () => void, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds()) return resolve();
    const stop = subscribe(() => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });
}

async function openTheirs(url: string): Promise<Line> {
  const open = async () => {
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(url, 'bench', doc, {
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
    await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
    return { doc, provider };
  };
  const [one, other] = [await open(), await open()];
  return lineBetween(
    () => one.doc,
    () => other.doc,
    () => {
      one.provider.destroy();
      other.provider.destroy();
    },
  );
}

export async function startPeer(): Promise<{ url: string; close(): void }> {
  const child = fork(join(import.meta.dirname, 'live-peer.ts'));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { url: `ws://127.0.0.1:${port}`, close: () => child.kill('SIGTERM') };
}
