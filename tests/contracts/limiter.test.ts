import { expect, test } from 'vitest';
import { createLimiter } from '../../api/src/adapters/graph/limiter.ts';

/** Work that goes on until it is told to end. */
function held() {
  let end = () => {};
  const work = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => work, end };
}

/** Lets everything that may start do so. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('four at once, two of one mailbox, first come first served within it', async () => {
  const limiter = createLimiter();
  const started: string[] = [];
  const jobs = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1'].map((name) => ({ name, ...held() }));
  const done = jobs.map(({ name, work }) =>
    limiter.run(name.charAt(0), () => {
      started.push(name);
      return work();
    }),
  );
  await settled();
  expect(started).toEqual(['a1', 'a2', 'b1', 'b2']);
  jobs[0]?.end();
  await settled();
  // The oldest of those that may: a third of the first mailbox.
  expect(started.slice(4)).toEqual(['a3']);
  jobs[3]?.end();
  await settled();
  expect(started.slice(5)).toEqual(['b3']);
  for (const { end } of jobs) end();
  await Promise.all(done);
  expect(started).toHaveLength(7);
  expect(limiter.peak).toBe(4);
});

test('a mailbox that was told to wait waits, and the others do not', async () => {
  const limiter = createLimiter();
  limiter.pause('a', 60);
  const order: string[] = [];
  const from = performance.now();
  await Promise.all([
    limiter.run('a', async () => order.push('a')),
    limiter.run('b', async () => order.push('b')),
  ]);
  expect(order).toEqual(['b', 'a']);
  expect(performance.now() - from).toBeGreaterThanOrEqual(59);
});

test('what fails makes room like what succeeds', async () => {
  const limiter = createLimiter(1, 1);
  await expect(limiter.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await limiter.run('a', async () => 'yes')).toBe('yes');
});
