import { type Attendee, sameAddress } from './event.ts';

/** Retained attendees keep their answers; the list itself is replaced. */
export function mergeAttendees(before: Attendee[], after: Attendee[]): Attendee[] {
  return after.map((attendee) => {
    const known = before.find((candidate) => sameAddress(candidate.address, attendee.address));
    return known === undefined ? attendee : { ...known, name: attendee.name, type: attendee.type };
  });
}

export function difference(
  before: Attendee[],
  after: Attendee[],
): { added: Attendee[]; removed: Attendee[]; kept: Attendee[] } {
  const has = (list: Attendee[], attendee: Attendee) =>
    list.some((candidate) => sameAddress(candidate.address, attendee.address));
  return {
    added: after.filter((attendee) => !has(before, attendee)),
    removed: before.filter((attendee) => !has(after, attendee)),
    kept: after.filter((attendee) => has(before, attendee)),
  };
}

export function asked(attendees: Attendee[]): Attendee[] {
  return attendees.map(({ address, name, type }) => ({ address, name, type, response: 'none' }));
}
