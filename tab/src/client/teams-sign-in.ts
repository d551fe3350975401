// Single sign-on of Teams, Outlook and Microsoft 365 tabs. What needs a window goes through nested app auth where the
// host has it, and through the host's own prompt where it has not.
import { authentication, nestedAppAuth } from '@microsoft/teams-js';
import type { Registration } from './nested-sign-in.ts';
import { rememberToken, type SignIn } from './sign-in.ts';

export function createTeamsSignIn(registration: Registration): SignIn {
  /** After the person has confirmed something, the broker's token carries the proof; the host's would not. */
  let nested: SignIn | undefined;
  const openNested = async () => {
    if (!nestedAppAuth.isNAAChannelRecommended()) return undefined;
    const { createNestedSignIn } = await import('./nested-sign-in.ts');
    return createNestedSignIn(registration);
  };
  const hostToken = rememberToken(() => authentication.getAuthToken({ silent: true }));
  return {
    token: (request) => (nested ?? { token: hostToken }).token(request),
    async consent(scopes) {
      const broker = await openNested();
      if (broker === undefined) await authentication.getAuthToken({ silent: false });
      else await broker.consent(scopes);
      await hostToken({ fresh: true });
    },
    async confirmIdentity(claims) {
      nested = await openNested();
      if (nested !== undefined) return nested.confirmIdentity(claims);
      await authentication.getAuthToken({
        silent: false,
        ...(claims === undefined ? {} : { claims: [claims] }),
      });
      await hostToken({ fresh: true });
    },
  };
}
