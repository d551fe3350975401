import type { Person } from '../../people.ts';

export type Directory = {
  all(): Person[];
  /** By object id, user principal name or mail address. */
  find(name: string): Person | undefined;
  managerOf(person: Person): Person | undefined;
  reportsOf(person: Person): Person[];
};

export function createDirectory(people: Person[]): Directory {
  const byId = new Map(people.map((person) => [person.id.toLowerCase(), person]));
  const byMail = new Map(people.map((person) => [person.mail.toLowerCase(), person]));
  return {
    all: () => people,
    find: (name) => byId.get(name.toLowerCase()) ?? byMail.get(name.toLowerCase()),
    managerOf: (person) => (person.managerId === undefined ? undefined : byId.get(person.managerId)),
    reportsOf: (person) => people.filter((candidate) => candidate.managerId === person.id),
  };
}

/** Guests have an account here and their mailbox at home. */
export function hasMailbox(person: Person): boolean {
  return person.userType !== 'Guest';
}
