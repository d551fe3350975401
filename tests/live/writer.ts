// A person at a keyboard, on a bad line: types words that can be told apart, and keeps what is not stored yet.
import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { stageKeys } from '../../domain/prepare/stages.ts';
import { choicesRoot } from '../../domain/run/form.ts';
import type { Random } from './random.ts';

/** What a server answers to a write: its number, or the code of its refusal. */
export type WriteAnswer = { seq: number } | { refused: string };
export type News = {
  seq: number;
  head?: Uint8Array | undefined;
  updates: { seq: number; update: Uint8Array }[];
};
export type Line = {
  write(updateId: string, update: Uint8Array): Promise<WriteAnswer>;
  read(since: number): Promise<News>;
};

/** Fields that the fuzz writes in; few, so that the writers meet. */
const fields = ['summary', 'note.open', 'goal.short.0.text'] as const;
/** Every word has this length and begins with its writer's letter, so that it is found among others. */
const wordLength = 10;
const wordPattern = /(?:w\d|x[.\d])[.\d]{8}/g;

/** Where the whole words of a text begin. */
function wordsAt(text: Y.Text): number[] {
  return [...text.toString().matchAll(wordPattern)].map(({ index }) => index);
}

/** `words`: those that are typed in it. */
type Pending = { updateId: string; update: Uint8Array; words: string[] };

export type Writer = ReturnType<typeof createWriter>;

export function createWriter(name: string, clientId: number, random: Random) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const pending: Pending[] = [];
  const typed: string[] = [];
  /** Typed by the edit that is being made. */
  const typing: string[] = [];
  const struck = new Set<string>();
  let seq = 0;

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'server') return;
    pending.push({ updateId: randomUUID(), update, words: typing.splice(0) });
  });

  function type(): void {
    const text = doc.getText(random.pick(fields));
    const word = `${name}${String(typed.length).padStart(wordLength - name.length, '.')}`;
    typed.push(word);
    typing.push(word);
    const after = wordsAt(text).map((at) => at + wordLength);
    text.insert(random.pick([0, ...after]), word);
  }

  function strike(): void {
    const text = doc.getText(random.pick(fields));
    const words = wordsAt(text);
    if (words.length === 0) return;
    const at = random.pick(words);
    struck.add(text.toString().slice(at, at + wordLength));
    text.delete(at, wordLength);
  }

  function choose(): void {
    const choices = doc.getMap(choicesRoot);
    if (random.chance(0.2)) choices.delete('focus.0');
    else choices.set('focus.0', random.pick(stageKeys));
  }

  /** Sends the oldest waiting update; a lost answer leaves it waiting, and it is sent again under the same id. */
  async function send(line: Line): Promise<string | undefined> {
    const first = pending[0];
    if (first === undefined) return undefined;
    const answer = await line.write(first.updateId, first.update);
    if ('refused' in answer) return answer.refused;
    if (pending[0] === first) pending.shift();
    return undefined;
  }

  return {
    name,
    clientId,
    doc,
    typed,
    struck,
    waiting: () => pending.length,
    /** Words that nobody has taken in yet: they are with their author alone. */
    keptWords: () => pending.flatMap(({ words }) => words),
    edit() {
      const kind = random.number(10);
      if (kind < 7) type();
      else if (kind < 9) strike();
      else choose();
    },
    send,
    /** Sends each that waits, whatever became of the one before it; answers why those were refused that still wait. */
    async sendEach(line: Line): Promise<string[]> {
      const refused: string[] = [];
      for (const one of [...pending]) {
        const answer = await line.write(one.updateId, one.update);
        if ('refused' in answer) refused.push(answer.refused);
        else pending.splice(pending.indexOf(one), 1);
      }
      return refused;
    },
    /** Sends a later update before an earlier one, as a broken client or network would. */
    async sendOutOfOrder(line: Line): Promise<void> {
      const later = pending.at(-1);
      if (later !== undefined) await line.write(later.updateId, later.update);
    },
    async read(line: Line): Promise<void> {
      const news = await line.read(seq);
      if (news.head !== undefined) Y.applyUpdate(doc, news.head, 'server');
      for (const { update } of news.updates) Y.applyUpdate(doc, update, 'server');
      seq = Math.max(seq, news.seq);
    },
    seq: () => seq,
    words: () => wordsOf(doc),
  };
}

/** All that a document says, in a form that can be compared. */
export function contentOf(doc: Y.Doc): Record<string, unknown> {
  return {
    ...Object.fromEntries(fields.map((field) => [field, doc.getText(field).toString()])),
    choices: doc.getMap(choicesRoot).toJSON(),
  };
}

export function wordsOf(doc: Y.Doc): string[] {
  return fields.flatMap((field) => doc.getText(field).toString().match(wordPattern) ?? []);
}

/** Words that should stand in the end: typed by anybody and struck by nobody. */
export function expectedWords(writers: readonly Writer[]): string[] {
  const struck = new Set(writers.flatMap((writer) => [...writer.struck]));
  return writers.flatMap((writer) => writer.typed).filter((word) => !struck.has(word));
}
