// Apps installed for one person. The organisation pre-installs ours for most of its own people, by its setup policy.
import { randomUUID } from 'node:crypto';
import type { Person } from '../../people.ts';
import { GraphError } from '../graph-error.ts';
import type { World } from '../world.ts';

export type PersonalInstall = { id: string; personId: string; appId: string };

export function personalInstall(world: World, personId: string, appId: string): PersonalInstall | undefined {
  return world.personalInstalls.ownedBy(personId).find((install) => install.appId === appId);
}

export function installPersonally(world: World, person: Person, appId: string): PersonalInstall {
  if (!person.hasTeamsLicence) {
    throw new GraphError(403, 'Forbidden', 'The user does not have a license for Microsoft Teams.');
  }
  if (world.faults.current().withoutCustomApps?.includes(person.id)) {
    throw new GraphError(403, 'Forbidden', 'The app is blocked by the permission policy of the user.');
  }
  if (personalInstall(world, person.id, appId) !== undefined) {
    throw new GraphError(409, 'Conflict', 'The app has already been installed for the user.');
  }
  const id = Buffer.from(`${person.id}##${randomUUID()}`).toString('base64url');
  const install = { id, personId: person.id, appId };
  world.personalInstalls.put({ id, owner: person.id }, install);
  return install;
}

const withoutApp = new Set(['sofie.lunde@nordvik.example', 'owen.power@nordvik.example']);

/** Everybody but the two who joined after the setup policy was made (Sofie Lunde and Owen Power). */
export function preinstalled(person: Person): boolean {
  return person.userType !== 'Guest' && person.hasTeamsLicence && !withoutApp.has(person.mail);
}
