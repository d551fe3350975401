import { expect, test } from 'vitest';
import type { MomentId } from '../ids.ts';
import { type Evidence, evidenceSchema } from './contract.ts';
import { figuresLeft, isComplete, itemsUnder, newReferences, roomFor, type Tray } from './evidence.ts';
import { emptyPart, savePart } from './preparation.ts';
import { othersPart } from './reveal.ts';

const idOf = (number: number) => `01940000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const figure = (label: string, more: Partial<Evidence> = {}): Evidence =>
  ({ kind: 'figure', label, value: '8 av 19', under: 'strength', ready: false, ...more }) as Evidence;
const figures = (count: number): Tray =>
  Object.fromEntries(Array.from({ length: count }, (_, number) => [idOf(number), figure(`Tall ${number}`)]));

test('five figures stand and the sixth is refused', () => {
  expect(roomFor(figures(5))).toEqual({ ok: true, value: true });
  expect(figuresLeft(figures(3))).toBe(2);
  const save = (tray: Tray) => savePart('seller', emptyPart, { ...emptyPart, evidence: tray }, []);
  expect(save(figures(5))).toMatchObject({ ok: true, value: { rev: 1, evidence: figures(5) } });
  expect(save(figures(6))).toEqual({ ok: false, refusal: { code: 'limit_reached', limit: 5 } });
});

test('a tray is not a warehouse', () => {
  const quotes = Object.fromEntries(
    Array.from({ length: 31 }, (_, number) => [
      idOf(number),
      { kind: 'quote', text: 'Bra', customer: '', under: 'strength', ready: true } as const,
    ]),
  );
  expect(roomFor(quotes)).toMatchObject({ refusal: { code: 'limit_reached', limit: 30 } });
});

test('a save that says nothing of the tray leaves it, and one that says it is empty empties it', () => {
  const stored = { ...emptyPart, evidence: figures(2) };
  const save = { rev: 0, answers: {}, ratings: {} };
  expect(savePart('seller', stored, save, [])).toMatchObject({ value: { evidence: figures(2) } });
  const emptied = savePart('seller', stored, { ...save, evidence: {} }, []);
  expect(emptied.ok && emptied.value.evidence).toEqual({});
});

test('a save that got through and comes again is answered as before; another tray is stale', () => {
  const stored = { ...emptyPart, rev: 1, evidence: figures(1) };
  const save = { rev: 0, answers: {}, ratings: {} };
  expect(savePart('seller', stored, { ...save, evidence: figures(1) }, [])).toMatchObject({
    value: { rev: 1 },
  });
  expect(savePart('seller', stored, { ...save, evidence: figures(2) }, [])).toMatchObject({
    refusal: { code: 'stale' },
  });
});

test('the other sees nothing of it before the answers open, and then what is marked', () => {
  const seller = {
    ...emptyPart,
    evidence: { [idOf(1)]: figure('A'), [idOf(2)]: figure('B', { ready: true }) },
  };
  const both = { manager: emptyPart, seller };
  expect(othersPart('manager', both, undefined)).toBeUndefined();
  expect(othersPart('manager', both, '2027-01-06T09:00:00Z')?.evidence).toEqual({
    [idOf(2)]: figure('B', { ready: true }),
  });
});

test('items stand under their heading in the order in which they came', () => {
  const tray: Tray = {
    [idOf(3)]: figure('C'),
    [idOf(1)]: figure('A'),
    [idOf(2)]: figure('B', { under: 'improvement' }),
  };
  expect(itemsUnder(tray, 'strength').map(([id]) => id)).toEqual([idOf(1), idOf(3)]);
  expect(itemsUnder(tray, 'improvement').map(([id]) => id)).toEqual([idOf(2)]);
});

test('only what is pointed to anew is looked up', () => {
  const moment = (momentId: string): Evidence => ({
    kind: 'moment',
    momentId: momentId as MomentId,
    under: 'strength',
    ready: false,
  });
  const stored = { [idOf(1)]: moment(idOf(7)) };
  expect(newReferences(stored, { [idOf(1)]: { ...moment(idOf(7)), ready: true } })).toEqual([]);
  expect(newReferences(stored, { [idOf(1)]: moment(idOf(8)), [idOf(2)]: figure('A') })).toEqual([
    { id: idOf(1), kind: 'moment', momentId: idOf(8) },
  ]);
});

test.each([
  ['https://firma.sharepoint.com/sites/salg/Delte%20dokumenter/rapport.xlsx?web=1', true],
  ['https://firma-my.sharepoint.com/:x:/g/personal/ida/Eabc#side=2', true],
  ['HTTPS://firma.no', true],
  ['http://firma.no', false],
  ['javascript:alert(1)', false],
  ['data:text/html,<script>', false],
  ['https://', false],
  ['https://localhost/x', false],
  ['https://microsoft.com@ondt.no/', false],
  ['https://firma.no/\u202etxt.exe', false],
  ['https://firma.no/a b', false],
  ['https://firma.no\\@ondt.no', false],
  ['\thttps://firma.no', false],
])('%s as a link: %s', (url, expected) => {
  const item = { kind: 'link', title: 'Rapport', url, under: 'strength', ready: false };
  expect(evidenceSchema.safeParse(item).success).toBe(expected);
});

test('what is not finished is not yet an item, and the schema agrees', () => {
  const placed = { under: 'strength', ready: false } as const;
  const items: [Evidence, boolean][] = [
    [figure('A'), true],
    [figure(' '), false],
    [{ kind: 'quote', text: '', customer: 'Fjordbygg', ...placed }, false],
    [{ kind: 'link', title: 'Rapport', url: 'https://fi', ...placed }, false],
    [{ kind: 'link', title: 'Rapport', url: 'https://firma.no/', ...placed }, true],
  ];
  for (const [item, complete] of items) {
    expect(isComplete(item), JSON.stringify(item)).toBe(complete);
    expect(evidenceSchema.safeParse(item).success, JSON.stringify(item)).toBe(complete);
  }
});

test.each([
  ['no words', { kind: 'quote', text: '  ', customer: '' }],
  ['a long label', { kind: 'figure', label: 'x'.repeat(81), value: '1' }],
  ['a kind of its own', { kind: 'file', path: 'c:/rapport.xlsx' }],
])('%s is no evidence', (_name, item) => {
  expect(evidenceSchema.safeParse({ under: 'strength', ready: false, ...item }).success).toBe(false);
});
