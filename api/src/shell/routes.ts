import type { contract } from '@medspill/domain/contract';
import { done } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';

export function shellHandlers(app: App): Handlers<Pick<typeof contract, 'me'>> {
  return {
    me: async (_request, caller) => {
      const found = await app.directory.find(
        { kind: 'person', personId: caller.personId, assertion: caller.assertion },
        caller.personId,
      );
      // Who one is must be known even while Graph is down or consent is missing: the token says enough.
      const fallback = {
        id: caller.personId,
        name: caller.name || caller.mail,
        firstName: caller.name.split(' ')[0] || caller.mail,
        mail: caller.mail,
        language: 'nb' as const,
        zone: 'Europe/Oslo',
      };
      const person = found.ok && found.value !== undefined ? found.value : fallback;
      return done({ person, isAdmin: caller.isAdmin });
    },
  };
}
