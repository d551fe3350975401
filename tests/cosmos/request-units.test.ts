// The estimate of request units and the budget, without a server.
import { expect, test } from 'vitest';
import { Budget } from '../../sandbox/cosmos/ru/budget.ts';
import { Charge } from '../../sandbox/cosmos/ru/charge.ts';

function cost(work: (charge: Charge) => void): number {
  const charge = new Charge();
  work(charge);
  return charge.units;
}

test('the published anchors of one kilobyte', () => {
  expect(cost((charge) => charge.read({ pointRead: true, documentsExamined: 1, bytesReturned: 1024 }))).toBe(
    1,
  );
  expect(cost((charge) => charge.write('insert', 1024, 0))).toBe(5);
  expect(cost((charge) => charge.write('remove', 0, 0))).toBe(5);
  expect(cost((charge) => charge.write('replace', 1024, 5))).toBe(10);
});

test('a query pays for what it looks at', () => {
  const query = (documentsExamined: number) =>
    cost((charge) => charge.read({ pointRead: false, documentsExamined, bytesReturned: 1024 }));
  expect(query(1)).toBeGreaterThan(2);
  expect(query(1000)).toBeGreaterThan(10 * query(1));
});

test('a budget may be overdrawn once, and then tells when it is good again', () => {
  let now = 0;
  const budget = new Budget(100, () => now);
  budget.admit();
  budget.spend(250);
  expect(() => budget.admit()).toThrow(/RetryAfterMs=1510,/);
  now = 1500;
  expect(() => budget.admit()).toThrow(/RetryAfterMs=10,/);
  now = 1510;
  budget.admit();
  expect(() => budget.admit(1.5)).toThrow(/Error=16500/);
  // Nothing is saved up beyond one second.
  now = 60_000;
  budget.spend(101);
  expect(() => budget.admit()).toThrow(/Error=16500/);
});
