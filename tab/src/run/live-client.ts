/**
 * One person's end of the shared form. Words are taken in at once, kept on the device until the service has stored
 * them, and shown to the other after that. `server` is what is acknowledged, `doc` is that plus what is on its way.
 */

import type { Side } from '@medspill/domain/people';
import { choiceReaders, choicesRoot, type FormContent, readForm, textRoots } from '@medspill/domain/run/form';
import * as Y from 'yjs';
import type { Answer } from '../client/call.ts';
import { newId } from '../client/new-id.ts';
import { mayPass, type Problem } from '../client/problem.ts';
import type { LiveStore, NotIncluded, Unsent } from './live-store.ts';
import { changesBetween } from './text-diff.ts';

export type Presence = { side: Side; field: string; seen?: number | undefined };
type Joined = { clientId: number; listenUrl: string; group: string; seq: number };
type News = {
  seq: number;
  head?: string | undefined;
  updates: { seq: number; update: string }[];
  state: 'open' | 'frozen' | 'sealed';
  presence: Presence[];
};
/** What the service says when something has moved on, or somebody writes or reads: never words. */
export type Bell = { seq?: number; presence?: Presence[]; review?: true; goals?: true; record?: true };

export type LiveParts = {
  /** Whose end this is. */
  side: Side;
  store: LiveStore;
  join: (clientId: number | undefined) => Promise<Answer<Joined>>;
  read: (since: number) => Promise<Answer<News>>;
  write: (update: { clientId: number; updateId: string; update: string }) => Promise<Answer<{ seq: number }>>;
  showPresence: (present: { field: string; seen: number }) => Promise<unknown>;
  /** Opens the socket; answers how to close it. */
  listen: (events: {
    url: () => Promise<string>;
    onBell: (bell: Bell) => void;
    onOpen: (open: boolean) => void;
  }) => () => void;
  /** Milliseconds between two sends, between two looks without and with a socket, and before a first new try. */
  pace?: { sendMs: number; lookMs: number; lookWithSocketMs: number; retryMs: number };
};

export type Link =
  | 'opening'
  | 'saved'
  | 'sending'
  /** No network; words are kept here. */
  | 'offline'
  /** The service did not answer; it is tried again. */
  | 'trying';

export type LiveView = {
  /** Replaced as a whole after a refusal: what is bound to it binds anew. */
  doc: Y.Doc;
  form: FormContent;
  link: Link;
  state: News['state'];
  /** Of the other, where the other is there. */
  presence: Presence[];
  /** The other has all that this person wrote on a screen. */
  seen: boolean;
  tray: readonly NotIncluded[];
  /** Why the form cannot be opened any more, when it cannot. */
  ended: Problem | undefined;
  /** Counts what others have done beside the words, so that it can be read anew. */
  bells: { review: number; goals: number };
  /** Whether bells are heard; without them a page looks for itself. */
  hears: boolean;
  /** False where words live only as long as the page. */
  lasting: boolean;
};

export type Live = {
  view: () => LiveView;
  subscribe: (listener: () => void) => () => void;
  /** Sets or clears a choice. */
  choose: (key: string, value: string | boolean | undefined) => void;
  /** The writer is in a field, or nowhere. */
  writingIn: (field: string | undefined) => void;
  /** Lets go of words that were not included. */
  dismiss: (id: string) => void;
  /** Writes words that were not included into their field again. */
  putBack: (id: string) => void;
  start: () => () => void;
};

/** The origin of changes that this person makes outside of a text field. */
const own = { person: 'self' };
const remote = { person: 'service' };
/** Each new try waits longer, up to eight times the first. */
const retryTimes = [1, 3, 8];
/** Presence is kept for half a minute; writing on renews it. */
const presenceMs = 10_000;
const idleMs = 8_000;
/** How long after the last news it is told that they have been seen. */
const seenMs = 700;
/** What is heard of the other and not renewed is over by then. */
const presenceLifeMs = 30_000;
/** Marks words that have no id of the service yet, where they are kept. */
const noClient = 0;

export function createLive(parts: LiveParts): Live {
  const pace = parts.pace ?? { sendMs: 50, lookMs: 1_500, lookWithSocketMs: 15_000, retryMs: 1_000 };
  const listeners = new Set<() => void>();
  /** Of this page alone: another page's early words are never overwritten. */
  const earlyId = newId();
  let adopted: string[] = [];
  const server = new Y.Doc();
  let doc = new Y.Doc();
  let seq = 0;
  let clientId: number | undefined;
  /** Closed batches in their order, then the one that still grows. */
  let queue: Unsent[] = [];
  let batch: Unsent | undefined;
  let tray: NotIncluded[] = [];
  let state: News['state'] = 'open';
  let presence: Presence[] = [];
  /** The newest number of one's own words, and the newest that the other has seen. */
  let ownSeq = 0;
  let otherSeen = 0;
  let toldSeq = 0;
  let ended: Problem | undefined;
  let failed: 'offline' | 'trying' | undefined;
  let opened = false;
  let bells = { review: 0, goals: 0 };
  let socketOpen = false;
  let lasting = true;
  let sending = false;
  let failures = 0;
  let lastSentAt = 0;
  let running = 0;
  let opening = false;
  let joining = false;
  let listenUrl: string | undefined;
  const whenJoined = Promise.withResolvers<void>();
  /** Words in `doc` that have no id of the service yet. */
  let early: Uint8Array<ArrayBuffer> | undefined;
  /** After a refusal each field goes alone. */
  let apart = false;
  /** Nothing is sent while batches are being cut. */
  let held = false;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let current = snapshot();

  function snapshot(): LiveView {
    const busy = sending || queue.length > 0 || batch !== undefined;
    const link: Link = failed ?? (!opened ? 'opening' : busy ? 'sending' : 'saved');
    return {
      doc,
      form: readForm(doc),
      link,
      state,
      presence,
      seen: ownSeq > 0 && otherSeen >= ownSeq && link === 'saved',
      tray,
      ended,
      bells,
      hears: socketOpen,
      lasting,
    };
  }

  function changed(): void {
    current = snapshot();
    for (const listener of listeners) listener();
  }

  /** One timer of each name, none after the end. */
  function later(name: string, ms: number, work: () => void): void {
    clearTimeout(timers.get(name));
    if (running === 0) return;
    timers.set(name, setTimeout(work, ms));
  }

  // --- own words ---------------------------------------------------------------------------------------------------

  function watch(next: Y.Doc): void {
    next.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== remote) {
        // Before the first answer there is no id to write under: `adoptEarlyWords` writes these words anew.
        if (clientId === undefined) keepEarly(update);
        else takeIn(update, clientId);
      }
      changed();
    });
  }

  /** Words without an id of the service are kept on the device too, with the form that they build on. */
  function keepEarly(update: Uint8Array): void {
    early = new Uint8Array(early === undefined ? update : Y.mergeUpdates([early, update]));
    parts.store.keep({ updateId: earlyId, clientId: noClient, update: early });
    saveForm();
  }

  function takeIn(update: Uint8Array, writer: number, field?: string): void {
    const bytes = new Uint8Array(update);
    if (field !== undefined) closeBatch();
    batch =
      batch === undefined
        ? { updateId: newId(), clientId: writer, update: bytes, ...(field === undefined ? {} : { field }) }
        : { ...batch, update: new Uint8Array(Y.mergeUpdates([batch.update, bytes])) };
    parts.store.keep(batch);
    if (field !== undefined) closeBatch();
    sendSoon();
  }

  function closeBatch(): void {
    if (batch !== undefined) queue.push(batch);
    batch = undefined;
  }

  /** The first key goes at once; what is typed while it is under way goes together. */
  function sendSoon(): void {
    if (sending || held || failed !== undefined || running === 0) return;
    const wait = pace.sendMs - (Date.now() - lastSentAt);
    if (wait <= 0) void send();
    else later('send', wait, () => void send());
  }

  async function send(): Promise<void> {
    if (sending || held || running === 0 || clientId === undefined || ended !== undefined) return;
    if (queue.length === 0) closeBatch();
    const next = queue[0];
    if (next === undefined) return;
    sending = true;
    changed();
    lastSentAt = Date.now();
    const answer = await parts.write({
      clientId: next.clientId,
      updateId: next.updateId,
      update: toBase64(next.update),
    });
    sending = false;
    if (running === 0 && !answer.ok) return;
    if (answer.ok) acknowledged(next, answer.value.seq);
    else await notWritten(next, answer.problem);
    changed();
    if (failed === undefined) sendSoon();
  }

  function acknowledged(sent: Unsent, at: number): void {
    queue = queue.filter((one) => one.updateId !== sent.updateId);
    parts.store.drop(sent.updateId);
    Y.applyUpdate(server, sent.update, remote);
    failures = 0;
    failed = undefined;
    ownSeq = Math.max(ownSeq, at);
    if (at === seq + 1) seq = at;
    else if (at > seq) void look();
    later('save', 1_000, saveForm);
  }

  async function notWritten(sent: Unsent, problem: Problem): Promise<void> {
    switch (problem.code) {
      case 'bad_update':
      case 'too_large':
      case 'invalid_input':
        return startOver(sent, 'refused');
      case 'frozen':
      case 'sealed':
        state = problem.code;
        return startOver(undefined, 'closed');
      default:
        if (mayPass(problem) || problem.code === 'not_signed_in' || problem.code === 'sign_in_failed') {
          const pause = problem.code === 'too_many_requests' ? problem.retryAfterSeconds * 1000 : undefined;
          return tryAgain(problem, pause);
        }
        return end(problem);
    }
  }

  function tryAgain(problem: Problem, pauseMs?: number): void {
    failed = problem.code === 'offline' ? 'offline' : 'trying';
    later('retry', pauseMs ?? pace.retryMs * (retryTimes[Math.min(failures, 2)] ?? 8), retry);
    failures += 1;
  }

  function retry(): void {
    failed = undefined;
    changed();
    if (clientId === undefined) void join();
    else void look();
    sendSoon();
  }

  /** Access has ended: nothing of the review stays on the device. */
  async function end(problem: Problem): Promise<void> {
    ended = problem;
    queue = [];
    batch = undefined;
    await parts.store.wipe();
    changed();
  }

  // --- after a refusal ---------------------------------------------------------------------------------------------

  /**
   * The service and this document have gone apart: begin again from what the service has. Each field that was on its
   * way is written anew by itself, so that a refusal takes no honest words with it; the one that is refused alone, and
   * all of them once the form is closed, lands in the tray.
   */
  async function startOver(refused: Unsent | undefined, because: NotIncluded['because']): Promise<void> {
    const given = [...queue, ...(batch === undefined ? [] : [batch])];
    queue = [];
    batch = undefined;
    clientId = undefined;
    await readNews();
    if (running === 0) return;
    // Read after the wait: what is typed meanwhile belongs to it.
    const wanted = textsOf(doc);
    const choices = choicesOf(doc);
    const fields = [...wanted.keys()].filter((name) => wanted.get(name) !== server.getText(name).toString());
    const alone = refused?.field ?? (fields.length === 1 ? fields[0] : undefined);
    const next = copyOf(server);
    for (const field of fields) {
      const text = wanted.get(field) ?? '';
      if (because === 'closed' || field === alone) keepWords(field, text, because);
      else rewrite(next, field, text);
    }
    if (because !== 'closed' && fields.length > 0) rewriteChoices(next, choices);
    apart = true;
    early = undefined;
    if (because !== 'closed') keepEarly(Y.encodeStateAsUpdate(next, Y.encodeStateVector(server)));
    for (const { updateId } of given) parts.store.drop(updateId);
    setDoc(next);
    await join();
  }

  function keepWords(field: string, text: string, because: NotIncluded['because']): void {
    if (text.trim() === '') return;
    const words: NotIncluded = { id: newId(), field, text, because };
    tray = [...tray, words];
    parts.store.keepWords(words);
  }

  /** Brings a field to a text and leaves the words alone that it has already. */
  function rewrite(target: Y.Doc, field: string, wanted: string): void {
    const text = target.getText(field);
    target.transact(() => {
      for (const { index, removed, inserted } of changesBetween(text.toString(), wanted)) {
        if (removed > 0) text.delete(index, removed);
        if (inserted !== '') text.insert(index, inserted);
      }
    }, own);
  }

  function rewriteChoices(target: Y.Doc, wanted: Map<string, unknown>): void {
    const map = target.getMap(choicesRoot);
    target.transact(() => {
      for (const [key, read] of choiceReaders) {
        const value = read(wanted.get(key));
        if (value === map.get(key)) continue;
        if (value === undefined) map.delete(key);
        else map.set(key, value);
      }
    }, own);
  }

  function setDoc(next: Y.Doc): void {
    const before = doc;
    doc = next;
    if (clientId !== undefined) doc.clientID = clientId;
    watch(doc);
    changed();
    before.destroy();
  }

  // --- the service -------------------------------------------------------------------------------------------------

  /** Gets an id to write under; where it cannot, it is tried again by itself. */
  async function join(): Promise<void> {
    if (joining || running === 0) return;
    joining = true;
    await tryToJoin();
    joining = false;
  }

  async function tryToJoin(): Promise<void> {
    const answer = await parts.join(undefined);
    if (!answer.ok) {
      if (mayBeMet(answer.problem)) tryAgain(answer.problem);
      else await end(answer.problem);
      return changed();
    }
    // A form that was not read is not an empty one, and early words are told apart from it.
    if (!(await readNews())) return changed();
    // The page has closed meanwhile; another may have taken over the words on the device.
    if (running === 0) return;
    clientId = answer.value.clientId;
    listenUrl = answer.value.listenUrl;
    adoptEarlyWords(clientId);
    opened = true;
    whenJoined.resolve();
    changed();
    sendSoon();
  }

  /** Words typed before there was an id are written anew under it; each field alone after a refusal. */
  function adoptEarlyWords(writer: number): void {
    const wanted = textsOf(doc);
    const choices = choicesOf(doc);
    const wasEarly = early !== undefined;
    early = undefined;
    const next = copyOf(server);
    for (const { update } of queue) Y.applyUpdate(next, update, remote);
    setDoc(next);
    if (!wasEarly) return;
    held = true;
    for (const [field, text] of wanted) {
      if (text === next.getText(field).toString()) continue;
      if (state !== 'open') {
        keepWords(field, text, 'closed');
        continue;
      }
      rewrite(next, field, text);
      if (!apart || batch === undefined) continue;
      batch = { ...batch, clientId: writer, field };
      parts.store.keep(batch);
      closeBatch();
    }
    if (state === 'open') rewriteChoices(next, choices);
    for (const id of [earlyId, ...adopted]) parts.store.drop(id);
    adopted = [];
    apart = false;
    held = false;
  }

  let looking: Promise<void> | undefined;
  let lookAgain = false;

  /** Reads what came since, once at a time; a bell during it asks once more. */
  function look(): Promise<void> {
    if (looking !== undefined) {
      lookAgain = true;
      return looking;
    }
    looking = (async () => {
      do {
        lookAgain = false;
        await readNews();
        changed();
      } while (lookAgain && failed === undefined && running > 0);
    })().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  /** False when the service could not be read. */
  async function readNews(): Promise<boolean> {
    if (ended !== undefined) return false;
    const answer = await parts.read(seq);
    if (!answer.ok) {
      if (mayBeMet(answer.problem)) tryAgain(answer.problem);
      else await end(answer.problem);
      return false;
    }
    const { head, updates } = answer.value;
    // A freeze or seal has a number in the log, and no words.
    const news = [...(head === undefined ? [] : [head]), ...updates.map((one) => one.update)].filter(
      (one) => one !== '',
    );
    for (const one of news) {
      const update = fromBase64(one);
      Y.applyUpdate(server, update, remote);
      Y.applyUpdate(doc, update, remote);
    }
    seq = Math.max(seq, answer.value.seq);
    state = answer.value.state;
    takePresence(answer.value.presence);
    if (news.length > 0) tellSeen();
    failed = undefined;
    failures = 0;
    if (news.length > 0) later('save', 1_000, saveForm);
    return true;
  }

  function saveForm(): void {
    parts.store.saveForm({ state: Y.encodeStateAsUpdate(server), seq });
  }

  async function nextListenUrl(): Promise<string> {
    await whenJoined.promise;
    if (listenUrl !== undefined) {
      const url = listenUrl;
      listenUrl = undefined;
      return url;
    }
    const answer = await parts.join(clientId);
    if (!answer.ok) throw new Error(answer.problem.code);
    return answer.value.listenUrl;
  }

  function onBell(bell: Bell): void {
    if (bell.goals === true) bells = { ...bells, goals: bells.goals + 1 };
    if (bell.review === true || bell.record === true) bells = { ...bells, review: bells.review + 1 };
    if (bell.presence !== undefined) takePresence(bell.presence);
    if ((bell.seq ?? 0) > seq || bell.record === true) void look();
    else changed();
  }

  function lookNowAndThen(): void {
    later('look', socketOpen ? pace.lookWithSocketMs : pace.lookMs, () => {
      const visible = typeof document === 'undefined' || document.visibilityState === 'visible';
      const work = visible && failed === undefined && opened ? look() : Promise.resolve();
      void work.then(lookNowAndThen);
    });
  }

  // --- presence ----------------------------------------------------------------------------------------------------

  let writing: { field: string; at: number } | undefined;

  /** What was heard of the other last; what is not renewed is forgotten. */
  function takePresence(heard: readonly Presence[]): void {
    for (const one of heard) {
      if (one.side === parts.side) continue;
      presence = [one];
      otherSeen = Math.max(otherSeen, one.seen ?? 0);
      later('presence', presenceLifeMs, () => {
        presence = [];
        changed();
      });
    }
  }

  function show(): void {
    toldSeq = seq;
    void parts.showPresence({ field: writing?.field ?? '', seen: seq });
  }

  /** Only what is on a screen that is looked at has been seen. */
  function tellSeen(): void {
    later('seen', seenMs, () => {
      const visible = typeof document === 'undefined' || document.visibilityState === 'visible';
      if (visible && seq > toldSeq && failed === undefined) show();
    });
  }

  function writingIn(field: string | undefined): void {
    if (field === undefined) {
      if (writing === undefined) return;
      writing = undefined;
      show();
      return;
    }
    later('idle', idleMs, () => writingIn(undefined));
    const now = Date.now();
    if (writing?.field === field && now - writing.at < presenceMs) return;
    writing = { field, at: now };
    show();
  }

  async function open(): Promise<void> {
    opening = true;
    const kept = await parts.store.load();
    if (running === 0) {
      // Another page may own what is kept by now.
      opening = false;
      return;
    }
    if (kept.form !== undefined && seq === 0) {
      Y.applyUpdate(server, kept.form.state, remote);
      Y.applyUpdate(doc, kept.form.state, remote);
      seq = kept.form.seq;
    }
    queue = kept.unsent.filter((one) => one.clientId !== noClient).sort(byClock);
    tray = kept.tray;
    lasting = kept.lasting;
    for (const { update } of queue) Y.applyUpdate(doc, update, remote);
    for (const { updateId, update } of kept.unsent.filter((one) => one.clientId === noClient)) {
      Y.applyUpdate(doc, update, remote);
      keepEarly(update);
      adopted.push(updateId);
    }
    changed();
    await join();
  }

  watch(doc);

  return {
    view: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    choose(key, value) {
      const map = doc.getMap(choicesRoot);
      doc.transact(() => {
        if (value === undefined) map.delete(key);
        else map.set(key, value);
      }, own);
    },
    writingIn,
    dismiss(id) {
      tray = tray.filter((words) => words.id !== id);
      parts.store.dropWords(id);
      changed();
    },
    putBack(id) {
      const words = tray.find((one) => one.id === id);
      if (words === undefined || state !== 'open') return;
      const text = doc.getText(words.field);
      const separator = text.length === 0 ? '' : '\n';
      doc.transact(() => text.insert(text.length, `${separator}${words.text}`), own);
      tray = tray.filter((one) => one.id !== id);
      parts.store.dropWords(id);
      changed();
    },
    start() {
      running += 1;
      const online = () => {
        if (failed !== undefined) retry();
      };
      const offline = () => {
        failed = 'offline';
        changed();
      };
      const seen = () => {
        if (document.visibilityState !== 'visible' || !opened) return;
        tellSeen();
        void look();
      };
      globalThis.addEventListener?.('online', online);
      globalThis.addEventListener?.('offline', offline);
      globalThis.document?.addEventListener('visibilitychange', seen);
      if (!opening) void open();
      else retry();
      const close = parts.listen({
        url: nextListenUrl,
        onBell,
        onOpen: (isOpen) => {
          if (socketOpen === isOpen) return;
          socketOpen = isOpen;
          if (isOpen && opened) void look();
          else changed();
          lookNowAndThen();
        },
      });
      lookNowAndThen();
      return () => {
        running -= 1;
        for (const timer of timers.values()) clearTimeout(timer);
        close();
        globalThis.removeEventListener?.('online', online);
        globalThis.removeEventListener?.('offline', offline);
        globalThis.document?.removeEventListener('visibilitychange', seen);
        if (opened) saveForm();
        if (writing !== undefined) void parts.showPresence({ field: '', seen: seq });
      };
    },
  };
}

/** The order in which one client wrote: a later update builds on the earlier. */
function byClock(a: Unsent, b: Unsent): number {
  const clockOf = ({ update, clientId }: Unsent) =>
    Y.parseUpdateMeta(update).from.get(clientId) ?? Number.MAX_SAFE_INTEGER;
  return a.clientId - b.clientId || clockOf(a) - clockOf(b);
}

/** Whether the same call may be answered later. */
function mayBeMet(problem: Problem): boolean {
  return mayPass(problem) || problem.code === 'not_signed_in' || problem.code === 'sign_in_failed';
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc), remote);
  return copy;
}

function textsOf(doc: Y.Doc): Map<string, string> {
  return new Map(textRoots.map(({ name }) => [name, doc.getText(name).toString()]));
}

function choicesOf(doc: Y.Doc): Map<string, unknown> {
  return new Map(doc.getMap(choicesRoot).entries());
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}
