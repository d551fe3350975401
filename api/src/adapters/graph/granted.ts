// What Entra has granted, asked of Entra: each delegated permission by a token for it alone, those of the app by the
// roles in its own token. Nothing is read or changed in Microsoft 365.
import { type PermissionState, permissionNames } from '@medspill/domain/trust/permissions';
import { decodeJwt } from 'jose';
import type { Permissions } from '../../ports.ts';
import type { Microsoft } from '../entra/microsoft.ts';

export function createPermissions(microsoft: Microsoft): Permissions {
  return {
    async granted(actor) {
      const delegated = permissionNames.delegated.map(async (name) => {
        const token = await microsoft.token(actor, [name]);
        const no: PermissionState =
          !token.ok && token.refusal.code === 'consent_required' ? 'missing' : 'unknown';
        return { kind: 'delegated' as const, name, state: token.ok ? ('granted' as const) : no };
      });
      const own = await microsoft.token({ kind: 'app' }, []);
      const roles = own.ok ? rolesIn(own.value) : undefined;
      const application = permissionNames.application.map((name) => {
        const has: PermissionState = roles?.includes(name) ? 'granted' : 'missing';
        return {
          kind: 'application' as const,
          name,
          state: roles === undefined ? ('unknown' as const) : has,
        };
      });
      return [...(await Promise.all(delegated)), ...application];
    },
  };
}

/** Only to tell an administrator; nothing is decided by it. Undefined where the token cannot be read. */
function rolesIn(token: string): unknown[] | undefined {
  try {
    const { roles } = decodeJwt(token);
    return Array.isArray(roles) ? roles : [];
  } catch {
    return undefined;
  }
}
