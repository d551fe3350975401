// How the host lets the person in. Teams and Outlook each bring their own; the rest of the tab does not know which.

export type TokenRequest = {
  /** Not from a cache: the service did not accept the last one. */
  fresh?: boolean;
};

export type SignIn = {
  /** An access token for our API; throws when the host gives none. */
  token(request: TokenRequest): Promise<string>;
  /** Asks the person to consent to what the service does on their behalf; needs a click to open its window. */
  consent(scopes: readonly string[]): Promise<void>;
  /** Lets the person confirm who they are, with what Entra asks for. */
  confirmIdentity(claims: string | undefined): Promise<void>;
};

/** Keeps a token until shortly before it ends, so that each call does not ask the host. */
export function rememberToken(
  ask: (request: TokenRequest) => Promise<string>,
): (request: TokenRequest) => Promise<string> {
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;
  return async (request) => {
    if (!request.fresh && kept !== undefined && Date.now() < kept.until) return kept.token;
    // Several calls start at once when a page opens; they share one question.
    asking ??= ask(request)
      .then((token) => {
        kept = { token, until: Date.now() + lifetimeMs(token) - 120_000 };
        return token;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
}

/** By its own claims, so that the clock of this device does not matter. */
function lifetimeMs(token: string): number {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
    if (typeof claims === 'object' && claims !== null && 'exp' in claims && 'iat' in claims) {
      return (Number(claims.exp) - Number(claims.iat)) * 1000;
    }
  } catch {
    // A token that we cannot read is used once.
  }
  return 0;
}
