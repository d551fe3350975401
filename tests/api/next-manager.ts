// Another manager books Jonas, as the directory says they may.
import { randomUUID } from 'node:crypto';
import type { PairId, PersonId } from '../../domain/ids.ts';
import type { MonthText, WallTime, Zone } from '../../domain/time.ts';
import { people } from '../../sandbox/people.ts';
import type { Actor } from './person.ts';
import type { Round } from './round.ts';

export function personCalled(name: string): (typeof people)[number] {
  const person = people.find(({ givenName }) => givenName === name);
  if (person === undefined) throw new Error(`nobody here is called ${name}`);
  return person;
}

/** In Entra: the seller reports to somebody else from now on. */
export function reportTo(seller: string, manager: string): void {
  personCalled(seller).managerId = personCalled(manager).id;
}

/** The next manager books the seller; what that answers is the pair's id. */
export async function bookNext(
  round: Round,
  manager: Actor,
  seller: string,
  firstMonth: string,
): Promise<PairId> {
  reportTo(seller, manager.name);
  const bookingId = randomUUID() as PairId;
  await manager.ok('book', {
    body: {
      bookingId,
      sellerId: personCalled(seller).id as PersonId,
      pattern: { kind: 'weekday', week: 'second', weekday: 'thursday' },
      time: '13:00' as WallTime,
      zone: 'Europe/Oslo' as Zone,
      minutes: 45,
      firstMonth: firstMonth as MonthText,
    },
  });
  await round.sandbox.processAll();
  return bookingId;
}

export function hoursOn(round: Round, hours: number): Promise<void> {
  return round.sandbox.moveClock(round.sandbox.clock.now() + hours * 3_600_000);
}
