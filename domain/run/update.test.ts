import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { textLimit } from '../prepare/contract.ts';
import type { BadUpdate } from '../refusals.ts';
import { choiceReaders, choicesRoot, fieldLimit, formRoots, readForm, textRootNames } from './form.ts';
import { checkUpdate, docOf, formLimits, type UpdateLimits } from './update.ts';

const anna = 11;
const jonas = 22;

/** A form that both have written in, as the server holds it. */
function formOfTwo(): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = anna;
  doc.getText('summary').insert(0, 'Vi snakket om behovsavdekking.');
  doc.getMap(choicesRoot).set('focus.0', 'discovery');
  const other = copyOf(doc, jonas);
  other.getText('note.open').insert(0, 'Jeg vil øve på spørsmål.');
  other.getText('summary').insert(0, 'Kort: ');
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  doc.clientID = 1;
  return doc;
}

function copyOf(doc: Y.Doc, clientId: number): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  // Afterwards: Yjs draws a new id when words of its own id come from outside.
  copy.clientID = clientId;
  return copy;
}

/** What one client's change sends. */
function updateBy(doc: Y.Doc, clientId: number, change: (doc: Y.Doc) => void): Uint8Array {
  const copy = copyOf(doc, clientId);
  const before = Y.encodeStateVector(copy);
  copy.transact(() => change(copy));
  return Y.encodeStateAsUpdate(copy, before);
}

function answerTo(
  doc: Y.Doc,
  update: Uint8Array,
  allowedClients: number[] = [jonas],
  limits: UpdateLimits = formLimits,
): 'accepted' | BadUpdate | 'too_large' {
  const before = Y.encodeStateAsUpdate(doc);
  const outcome = checkUpdate({ state: doc, update, allowedClients, limits });
  expect(Y.encodeStateAsUpdate(doc), 'the given document was touched').toEqual(before);
  if (outcome.ok) return 'accepted';
  if (outcome.refusal.code === 'bad_update') return outcome.refusal.because;
  if (outcome.refusal.code === 'too_large') return 'too_large';
  throw new Error(`unexpected refusal ${outcome.refusal.code}`);
}

/** Writes an update by hand: the bytes that no honest client would send. */
class Forger {
  bytes: number[] = [];
  number(value: number): this {
    let rest = value;
    while (rest > 127) {
      this.bytes.push(128 | (rest % 128));
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
    return this;
  }
  byte(value: number): this {
    this.bytes.push(value);
    return this;
  }
  text(value: string): this {
    const encoded = new TextEncoder().encode(value);
    this.number(encoded.byteLength);
    this.bytes.push(...encoded);
    return this;
  }
  /** One client's block of structs, beginning at a clock. */
  block(structs: number, client: number, clock: number): this {
    return this.number(structs).number(client).number(clock);
  }
  /** A string in a root, with no neighbours. */
  stringIn(root: string, value: string): this {
    return this.number(4).number(1).text(root).text(value);
  }
  noDeletes(): Uint8Array {
    return Uint8Array.from(this.number(0).bytes);
  }
}

function forge(blocks: number): Forger {
  return new Forger().number(blocks);
}

it('holds a field to the limit that the contract states', () => {
  expect(fieldLimit).toBe(textLimit);
});

describe('an honest update', () => {
  it('enters, and may strike the words of another', () => {
    const doc = formOfTwo();
    const update = updateBy(doc, jonas, (copy) => {
      copy.getText('summary').delete(0, 8);
      copy.getText('summary').insert(0, 'Nytt');
      copy.getMap(choicesRoot).set('focus.0', 'closing');
      copy.getMap(choicesRoot).set('goal.short.0.action.1.dueOn', '2027-01-12');
      copy.getMap(choicesRoot).set('noPromiseNeeded', true);
    });
    const outcome = checkUpdate({ state: doc, update, allowedClients: [jonas] });
    expect(outcome).toMatchObject({ ok: true, value: { isNew: true } });
    if (!outcome.ok) return;
    Y.applyUpdate(doc, outcome.value.update);
    const form = readForm(doc);
    expect(form.summary).toBe('Nytt snakket om behovsavdekking.');
    expect(form.focus).toEqual(['closing']);
    expect(form.goals['short.0'].actions[1]?.dueOn).toBe('2027-01-12');
    expect(form.noPromiseNeeded).toBe(true);
  });

  it('enters the same way when the state is bytes', () => {
    const doc = formOfTwo();
    const update = updateBy(doc, jonas, (copy) => copy.getText('note.close').insert(0, 'Takk'));
    const outcome = checkUpdate({
      state: Y.encodeStateAsUpdate(doc),
      update,
      allowedClients: [jonas],
    });
    expect(outcome.ok).toBe(true);
  });

  it('brings nothing when it is repeated, and a late part when it overlaps', () => {
    const doc = formOfTwo();
    const copy = copyOf(doc, jonas);
    const start = Y.encodeStateVector(copy);
    copy.getText('note.plan').insert(0, 'abc');
    copy.getText('note.open').delete(0, 4);
    const first = Y.encodeStateAsUpdate(copy, start);
    copy.getText('note.plan').insert(3, 'def');
    const both = Y.encodeStateAsUpdate(copy, start);
    const accepted = checkUpdate({ state: doc, update: first, allowedClients: [jonas] });
    if (!accepted.ok) throw new Error('refused');
    Y.applyUpdate(doc, accepted.value.update);
    expect(checkUpdate({ state: doc, update: first, allowedClients: [jonas] })).toMatchObject({
      ok: true,
      value: { isNew: false },
    });
    const late = checkUpdate({ state: doc, update: both, allowedClients: [jonas] });
    if (!late.ok) throw new Error('refused');
    Y.applyUpdate(doc, late.value.update);
    expect(doc.getText('note.plan').toString()).toBe('abcdef');
  });

  it('clears a choice', () => {
    const doc = formOfTwo();
    expect(
      answerTo(
        doc,
        updateBy(doc, jonas, (copy) => copy.getMap(choicesRoot).delete('focus.0')),
      ),
    ).toBe('accepted');
  });
});

describe('a hostile update', () => {
  const cases: [string, BadUpdate | 'too_large', (doc: Y.Doc) => Uint8Array][] = [
    ['is no update', 'malformed', () => Uint8Array.from([9, 200, 1, 7])],
    ['is empty', 'malformed', () => new Uint8Array()],
    ['is cut short', 'malformed', (doc) => updateBy(doc, jonas, writeNote).slice(0, 12)],
    ["carries another's client id", 'foreign_client', (doc) => updateBy(doc, anna, writeNote)],
    [
      "carries own structs with another's",
      'foreign_client',
      (doc) => Y.mergeUpdates([updateBy(doc, jonas, writeNote), updateBy(doc, 33, writeNote)]),
    ],
    [
      'names a root that is not in the form',
      'unknown_root',
      (doc) => updateBy(doc, jonas, (copy) => copy.getText('figure.5.label').insert(0, 'Sjette')),
    ],
    [
      'hides words in a key of a text',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getText('summary').setAttribute('secret', 'x')),
    ],
    [
      'formats a text',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getText('summary').insert(0, 'fet', { bold: true })),
    ],
    [
      'embeds an object in a text',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getText('summary').insertEmbed(0, { image: 'x' })),
    ],
    [
      'nests a type in the choices',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getMap(choicesRoot).set('focus.1', new Y.Text('x'))),
    ],
    [
      'uses a key that is not in the choices',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getMap(choicesRoot).set('focus.2', 'closing')),
    ],
    [
      'sets a stage that does not exist',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getMap(choicesRoot).set('focus.1', 'bribery')),
    ],
    [
      'sets a value of another type',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getMap(choicesRoot).set('noPromiseNeeded', 'yes')),
    ],
    [
      'sets a date that does not exist',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getMap(choicesRoot).set('promise.0.dueOn', '2027-02-30')),
    ],
    [
      'puts a list in the choices',
      'bad_value',
      (doc) => updateBy(doc, jonas, (copy) => copy.getArray(choicesRoot).push(['closing'])),
    ],
    [
      'leaves a gap before its first struct',
      'pending',
      (doc) =>
        forge(1)
          .block(1, jonas, clockOf(doc, jonas) + 5)
          .stringIn('summary', 'x')
          .noDeletes(),
    ],
    [
      'leans on a struct that nobody has',
      'pending',
      (doc) =>
        forge(1)
          .block(1, jonas, clockOf(doc, jonas))
          .byte(4 | 128)
          .number(anna)
          .number(99_999)
          .text('x')
          .noDeletes(),
    ],
    [
      'leans on itself',
      'pending',
      (doc) =>
        forge(1)
          .block(1, jonas, clockOf(doc, jonas))
          .byte(4 | 128)
          .number(jonas)
          .number(clockOf(doc, jonas))
          .text('x')
          .noDeletes(),
    ],
    [
      'skips a range',
      'pending',
      (doc) =>
        forge(1)
          .block(3, jonas, clockOf(doc, jonas))
          .stringIn('summary', 'x')
          .number(10)
          .number(50)
          .stringIn('summary', 'y')
          .noDeletes(),
    ],
    [
      'ties two fields together',
      'malformed',
      (doc) =>
        forge(1)
          .block(1, jonas, clockOf(doc, jonas))
          .byte(4 | 128 | 64)
          .number(anna) // after the first letter of the summary
          .number(0)
          .number(jonas) // before the first letter of the opening note
          .number(0)
          .text('x')
          .noDeletes(),
    ],
    [
      'sends two blocks of one client',
      'malformed',
      (doc) =>
        forge(3)
          .block(1, jonas, clockOf(doc, jonas))
          .stringIn('summary', 'x')
          .block(1, 21, 0)
          .stringIn('summary', 'y')
          .block(1, jonas, clockOf(doc, jonas) + 1)
          .stringIn('summary', 'z')
          .noDeletes(),
    ],
    [
      'sends an empty string',
      'malformed',
      (doc) =>
        forge(1)
          .block(2, jonas, clockOf(doc, jonas))
          .stringIn('summary', 'x')
          .stringIn('summary', '')
          .noDeletes(),
    ],
    [
      'sends collected structs',
      'malformed',
      (doc) => forge(1).block(1, jonas, clockOf(doc, jonas)).number(0).number(5).noDeletes(),
    ],
    [
      'nests under a struct',
      'malformed',
      (doc) =>
        forge(1)
          .block(1, jonas, clockOf(doc, jonas))
          .number(4)
          .number(0)
          .number(anna)
          .number(0)
          .text('x')
          .noDeletes(),
    ],
    [
      'deletes what nobody has written',
      'pending',
      () => Uint8Array.from(forge(0).number(1).number(anna).number(1).number(0).number(1_000_000).bytes),
    ],
    [
      'deletes of a client nobody knows',
      'pending',
      () => Uint8Array.from(forge(0).number(1).number(77).number(1).number(0).number(1).bytes),
    ],
    [
      'brings a huge delete set',
      'delete_set_too_large',
      () => {
        const forged = forge(0).number(1).number(anna).number(10_001);
        for (let range = 0; range < 10_001; range += 1) forged.number(0).number(1);
        return Uint8Array.from(forged.bytes);
      },
    ],
    [
      'fills a field beyond its limit',
      'field_too_long',
      (doc) => updateBy(doc, jonas, (copy) => copy.getText('summary').insert(0, 'x'.repeat(10_000))),
    ],
    ['is too large to look at', 'too_large', () => new Uint8Array(formLimits.updateBytes + 1)],
  ];

  it.each(cases)('%s: %s', (_name, expected, make) => {
    const doc = formOfTwo();
    expect(answerTo(doc, make(doc), [jonas, 21])).toBe(expected);
  });

  it('cannot make the form too large, but may make it smaller', () => {
    const doc = formOfTwo();
    const limits = { ...formLimits, formBytes: 2000 };
    const long = updateBy(doc, jonas, (copy) => copy.getText('note.plan').insert(0, 'æ'.repeat(1000)));
    expect(answerTo(doc, long, [jonas], limits)).toBe('form_too_large');
    expect(answerTo(doc, long)).toBe('accepted');
    const less = updateBy(doc, jonas, (copy) => copy.getText('summary').delete(0, 5));
    expect(answerTo(doc, less, [jonas], { ...limits, formBytes: 10 })).toBe('accepted');
  });

  it('lets a field that is full be shortened and rewritten', () => {
    const doc = formOfTwo();
    const filling = updateBy(doc, jonas, (copy) => {
      const { length } = copy.getText('summary');
      copy.getText('summary').insert(length, 'x'.repeat(10_000 - length));
    });
    Y.applyUpdate(doc, filling);
    const rewrite = updateBy(doc, jonas, (copy) => {
      copy.getText('summary').delete(0, 100);
      copy.getText('summary').insert(0, 'y'.repeat(100));
    });
    expect(answerTo(doc, rewrite)).toBe('accepted');
    const more = updateBy(doc, jonas, (copy) => copy.getText('summary').insert(0, 'z'));
    expect(answerTo(doc, more)).toBe('field_too_long');
  });

  it('hides nothing behind its end', () => {
    const doc = formOfTwo();
    const honest = updateBy(doc, jonas, writeNote);
    const hidden = new TextEncoder().encode('skjulte ord');
    const outcome = checkUpdate({
      state: doc,
      update: Uint8Array.from([...honest, ...hidden]),
      allowedClients: [jonas],
    });
    if (!outcome.ok) throw new Error('refused');
    expect(new TextDecoder().decode(outcome.value.update)).not.toContain('skjulte');
  });
});

describe('whatever is sent', () => {
  // A failing seed becomes a named test above.
  const seeds = Array.from({ length: 300 }, (_, index) => index + 1);

  it.each(seeds)('seed %i: what is accepted fits the form, and what is refused changes nothing', (seed) => {
    const random = randomOf(seed);
    const doc = formOfTwo();
    const clients = [anna, jonas];
    const views = new Map(clients.map((client) => [client, copyOf(doc, client)]));
    for (let round = 0; round < 25; round += 1) {
      const client = clients[Math.floor(random() * clients.length)] ?? anna;
      const view = views.get(client);
      if (view === undefined) throw new Error('no view');
      const before = Y.encodeStateVector(view);
      view.transact(() => changeSomething(view, random));
      const honest = Y.encodeStateAsUpdate(view, before);
      const broken = random() < 0.6 ? mutated(honest, random) : undefined;
      if (broken !== undefined) {
        const state = Y.encodeStateAsUpdate(doc);
        const outcome = checkUpdate({ state: doc, update: broken, allowedClients: [client] });
        expect(Y.encodeStateAsUpdate(doc)).toEqual(state);
        if (outcome.ok) expectSound(doc, outcome.value.update);
      }
      const outcome = checkUpdate({ state: doc, update: honest, allowedClients: [client] });
      if (!outcome.ok) throw new Error(`an honest update was refused: ${JSON.stringify(outcome.refusal)}`);
      Y.applyUpdate(doc, outcome.value.update);
      for (const other of views.values())
        if (random() < 0.5) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    }
    for (const view of views.values()) {
      Y.applyUpdate(view, Y.encodeStateAsUpdate(doc));
      expect(readForm(view)).toEqual(readForm(doc));
    }
    expectSound(doc, Y.encodeStateAsUpdate(new Y.Doc()));
  });
});

function writeNote(doc: Y.Doc): void {
  doc.getText('note.numbers').insert(0, 'Tallene er i rute.');
}

function clockOf(doc: Y.Doc, client: number): number {
  return Y.decodeStateVector(Y.encodeStateVector(doc)).get(client) ?? 0;
}

/** Applies to a copy and looks at all that a reader could meet. */
function expectSound(doc: Y.Doc, update: Uint8Array): void {
  const copy = docOf(Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(copy, update);
  expect(copy.store.pendingStructs).toBeNull();
  expect(copy.store.pendingDs).toBeNull();
  for (const name of copy.share.keys()) expect(formRoots.map((root) => root.name)).toContain(name);
  for (const [key, value] of copy.getMap(choicesRoot).entries()) {
    expect(choiceReaders.get(key)?.(value)).toBe(value);
  }
  for (const name of textRootNames) {
    const text = copy.getText(name);
    expect(text.length).toBeLessThanOrEqual(formLimits.fieldLength);
    expect(text.toString().length).toBe(text.length);
  }
  // A second document built from the same bytes is the same document.
  expect(readForm(docOf(Y.encodeStateAsUpdate(copy)))).toEqual(readForm(copy));
}

function changeSomething(doc: Y.Doc, random: () => number): void {
  const names = ['summary', 'note.open', 'goal.short.0.text', 'promise.2.text'];
  const text = doc.getText(names[Math.floor(random() * names.length)] ?? 'summary');
  if (random() < 0.3) {
    doc.getMap(choicesRoot).set('agenda.current', random() < 0.5 ? 'goals' : 'stages');
    return;
  }
  if (text.length > 4 && random() < 0.4) text.delete(Math.floor(random() * (text.length - 3)), 3);
  else text.insert(Math.floor(random() * (text.length + 1)), random() < 0.2 ? '😀' : 'abc æøå');
}

/** Flips, drops or doubles a few bytes: mostly nonsense, now and then a well-formed lie. */
function mutated(update: Uint8Array, random: () => number): Uint8Array {
  const bytes = [...update];
  const times = 1 + Math.floor(random() * 3);
  for (let time = 0; time < times; time += 1) {
    const at = Math.floor(random() * bytes.length);
    const kind = random();
    if (kind < 0.7) bytes[at] = Math.floor(random() * (random() < 0.5 ? 256 : 12));
    else if (kind < 0.85) bytes.splice(at, 1);
    else bytes.splice(at, 0, bytes[at] ?? 0);
  }
  return Uint8Array.from(bytes);
}

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
