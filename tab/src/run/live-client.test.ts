import { choicesRoot, readForm } from '@medspill/domain/run/form';
import { checkUpdate, formLimits } from '@medspill/domain/run/update';
import { afterEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Answer } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { type Bell, createLive, type Live, type LiveParts } from './live-client.ts';
import { type LiveStore, memoryStore } from './live-store.ts';

type Fault = 'lost_request' | 'lost_answer' | 'down';

/** The service's log, by the domain's own check. */
function service(limits = formLimits) {
  const doc = new Y.Doc();
  const log: string[] = [];
  const known = new Map<string, number>();
  const clients = new Map<number, string>();
  let state: 'open' | 'frozen' | 'sealed' = 'open';
  let fault: (call: 'join' | 'read' | 'write') => Fault | undefined = () => undefined;
  let nextClient = 100;
  const bells = new Set<(bell: Bell) => void>();

  async function meet<T>(name: 'join' | 'read' | 'write', work: () => Answer<T>): Promise<Answer<T>> {
    const met = fault(name);
    await Promise.resolve();
    if (met === 'down' || met === 'lost_request') return { ok: false, problem: { code: 'unavailable' } };
    const answer = work();
    return met === 'lost_answer' ? { ok: false, problem: { code: 'unavailable' } } : answer;
  }
  const no = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });

  return {
    doc,
    log,
    meetWith: (next: typeof fault) => {
      fault = next;
    },
    setState(next: typeof state) {
      state = next;
      log.push('');
    },
    partsOf(person: string, store: LiveStore): LiveParts {
      return {
        side: person === 'jonas' ? 'seller' : 'manager',
        store,
        join: (wished) =>
          meet('join', () => {
            const clientId = wished ?? nextClient++;
            clients.set(clientId, person);
            return { ok: true, value: { clientId, listenUrl: 'ws://nowhere', group: 'g', seq: log.length } };
          }),
        read: (since) =>
          meet('read', () => ({
            ok: true,
            value: {
              seq: log.length,
              updates: log.slice(since).map((update, index) => ({ seq: since + index + 1, update })),
              state,
              presence: [],
            },
          })),
        write: ({ clientId, updateId, update }) =>
          meet('write', () => {
            const before = known.get(updateId);
            if (before !== undefined) return { ok: true, value: { seq: before } };
            if (state !== 'open') return no({ code: state });
            const outcome = checkUpdate({
              state: doc,
              update: new Uint8Array(Buffer.from(update, 'base64')),
              allowedClients: clients.get(clientId) === person ? [clientId] : [],
              limits,
            });
            if (!outcome.ok) return no(outcome.refusal);
            Y.applyUpdate(doc, outcome.value.update);
            if (outcome.value.isNew) log.push(Buffer.from(outcome.value.update).toString('base64'));
            known.set(updateId, log.length);
            for (const ring of bells) ring({ seq: log.length });
            return { ok: true, value: { seq: log.length } };
          }),
        showPresence: async (present) => {
          const side = person === 'jonas' ? 'seller' : 'manager';
          for (const ring of bells) ring({ presence: [{ side, ...present }] });
        },
        listen: ({ onBell, onOpen }) => {
          const ring = (bell: Bell) => onBell(bell);
          bells.add(ring);
          onOpen(true);
          return () => bells.delete(ring);
        },
        pace: { sendMs: 0, lookMs: 2, lookWithSocketMs: 20, retryMs: 1 },
      };
    },
  };
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function open(
  from: ReturnType<typeof service>,
  person: string,
  store = memoryStore(),
): Live & { stop: () => void } {
  const live = createLive(from.partsOf(person, store));
  const stop = live.start();
  stops.push(stop);
  return { ...live, stop };
}

const textOf = (live: Live, field: string) => live.view().doc.getText(field).toString();
const type = (live: Live, field: string, at: number, text: string) =>
  live.view().doc.getText(field).insert(at, text);
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 2 });
const saved = (...all: Live[]) =>
  until(() => {
    for (const live of all) expect(live.view().link).toBe('saved');
  });

it('shows each the words of the other', async () => {
  const from = service();
  const [anna, jonas] = [open(from, 'anna'), open(from, 'jonas')];
  await saved(anna, jonas);
  type(anna, 'summary', 0, 'Hei');
  jonas.choose('focus.0', 'closing');
  await until(() => {
    expect(textOf(jonas, 'summary')).toBe('Hei');
    expect(anna.view().form.focus).toEqual(['closing']);
  });
});

it('says where the other writes, and when the other has seen what one wrote', async () => {
  const from = service();
  const [anna, jonas] = [open(from, 'anna'), open(from, 'jonas')];
  await saved(anna, jonas);
  jonas.writingIn('note.goals');
  await until(() => expect(anna.view().presence).toMatchObject([{ side: 'seller', field: 'note.goals' }]));
  expect(jonas.view().presence.every(({ side }) => side === 'manager')).toBe(true);
  jonas.writingIn(undefined);
  await until(() => expect(anna.view().presence).toMatchObject([{ field: '' }]));

  type(anna, 'summary', 0, 'Hei');
  expect(anna.view().seen).toBe(false);
  await until(() => expect(anna.view()).toMatchObject({ link: 'saved', seen: true }));
  expect(textOf(jonas, 'summary')).toBe('Hei');
  // Nobody is there to see the next word.
  jonas.stop();
  type(anna, 'summary', 3, ' igjen');
  await saved(anna);
  expect(anna.view().seen).toBe(false);
});

it('keeps what is typed before the service has answered once', async () => {
  const from = service();
  type(open(from, 'anna'), 'summary', 0, 'Fra Anna. ');
  const jonas = open(from, 'jonas');
  type(jonas, 'summary', 0, 'Tidlig. ');
  await until(() => {
    expect(from.doc.getText('summary').toString()).toContain('Tidlig.');
    expect(from.doc.getText('summary').toString()).toContain('Fra Anna.');
  });
});

it('writes once what was acknowledged but never answered', async () => {
  const from = service();
  const anna = open(from, 'anna');
  await saved(anna);
  let lost = 0;
  from.meetWith((call) => (call === 'write' && lost++ < 3 ? 'lost_answer' : undefined));
  type(anna, 'summary', 0, 'En gang');
  await until(() => expect(lost).toBeGreaterThan(3));
  await saved(anna);
  expect(from.doc.getText('summary').toString()).toBe('En gang');
});

it('sends after a new start what the old page could not', async () => {
  const from = service();
  const store = memoryStore();
  const anna = open(from, 'anna', store);
  await saved(anna);
  from.meetWith(() => 'down');
  type(anna, 'note.plan', 0, 'I tunnelen');
  await until(() => expect(anna.view().link).toBe('trying'));
  anna.stop();
  from.meetWith(() => undefined);
  const again = open(from, 'anna', store);
  await until(() => expect(from.doc.getText('note.plan').toString()).toBe('I tunnelen'));
  await saved(again);
  expect(textOf(again, 'note.plan')).toBe('I tunnelen');
  expect((await store.load()).unsent).toEqual([]);
});

it('puts refused words in the tray and lets the honest ones beside them in', async () => {
  const from = service({ ...formLimits, fieldLength: 50 });
  const anna = open(from, 'anna');
  await saved(anna);
  from.meetWith((call) => (call === 'write' ? 'down' : undefined));
  type(anna, 'summary', 0, 'x'.repeat(60));
  type(anna, 'note.plan', 0, 'Ærlige ord');
  anna.choose('focus.0', 'closing');
  from.meetWith(() => undefined);
  await until(() => expect(from.doc.getText('note.plan').toString()).toBe('Ærlige ord'));
  await saved(anna);
  expect(anna.view().tray.map(({ field, text }) => [field, text])).toEqual([['summary', 'x'.repeat(60)]]);
  expect(textOf(anna, 'summary')).toBe('');
  expect(readForm(from.doc).focus).toEqual(['closing']);
  type(anna, 'summary', 0, 'Kort');
  await until(() => expect(from.doc.getText('summary').toString()).toBe('Kort'));
});

it('keeps late words for their author when the form was signed meanwhile', async () => {
  const from = service();
  const [anna, jonas] = [open(from, 'anna'), open(from, 'jonas')];
  await saved(anna, jonas);
  type(anna, 'summary', 0, 'Felles');
  await until(() => expect(textOf(jonas, 'summary')).toBe('Felles'));
  from.meetWith((call) => (call === 'write' ? 'down' : undefined));
  type(jonas, 'summary', 6, ' og sent');
  from.setState('sealed');
  from.meetWith(() => undefined);
  await until(() => expect(jonas.view().tray).toHaveLength(1));
  expect(jonas.view().tray[0]).toMatchObject({ field: 'summary', text: 'Felles og sent', because: 'closed' });
  await until(() => expect(textOf(jonas, 'summary')).toBe('Felles'));
  expect(jonas.view().state).toBe('sealed');
  expect(anna.view().tray).toEqual([]);
});

it('takes the words back in when the signature was withdrawn', async () => {
  const from = service();
  const anna = open(from, 'anna');
  await saved(anna);
  from.setState('frozen');
  type(anna, 'summary', 0, 'Mens det var låst');
  await until(() => expect(anna.view().tray).toHaveLength(1));
  from.setState('open');
  await until(() => expect(anna.view().state).toBe('open'));
  anna.putBack(anna.view().tray[0]?.id ?? '');
  await until(() => expect(from.doc.getText('summary').toString()).toBe('Mens det var låst'));
  expect(anna.view().tray).toEqual([]);
});

// A failing seed becomes a named test above.
it.each(Array.from({ length: 100 }, (_, index) => index + 1))(
  'seed %i: all converge and nothing typed is lost',
  async (seed) => {
    const random = randomOf(seed);
    const from = service();
    const people = ['anna', 'jonas', 'anna'].slice(0, 2 + (seed % 2));
    const stores = people.map(() => memoryStore());
    const lives = people.map((person, index) => open(from, person, stores[index]));
    const faults: (Fault | undefined)[] = [
      'lost_request',
      'lost_answer',
      'down',
      undefined,
      undefined,
      undefined,
    ];
    from.meetWith(() => faults[Math.floor(random() * faults.length)]);
    const written: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      const who = Math.floor(random() * lives.length);
      const live = lives[who];
      if (live === undefined) continue;
      if (random() < 0.06) {
        live.stop();
        lives[who] = open(from, people[who] ?? 'anna', stores[who]);
        continue;
      }
      const field = random() < 0.5 ? 'summary' : 'goal.short.0.text';
      const word = `[${who}.${step}] `;
      const text = live.view().doc.getText(field);
      const places = [...text.toString().matchAll(/\[/g)].map((match) => match.index);
      text.insert(places[Math.floor(random() * places.length)] ?? text.length, word);
      written.push(word);
      if (random() < 0.3) live.choose('agenda.current', random() < 0.5 ? 'goals' : 'stages');
      if (random() < 0.4) await new Promise((resolve) => setImmediate(resolve));
    }
    from.meetWith(() => undefined);
    await until(() => {
      for (const live of lives) {
        expect(live.view().link).toBe('saved');
        expect(readForm(live.view().doc)).toEqual(readForm(from.doc));
      }
    });
    const all = `${from.doc.getText('summary')}${from.doc.getText('goal.short.0.text')}`;
    for (const word of written) expect(all.split(word), `${word} once`).toHaveLength(2);
    expect(from.doc.getMap(choicesRoot).size).toBeLessThanOrEqual(1);
    for (const live of lives) expect(live.view().tray).toEqual([]);
  },
);

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
