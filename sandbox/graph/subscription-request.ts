// Reading a subscription request, and asking its listener whether it wants it.
import { randomUUID } from 'node:crypto';
import { badRequest, GraphError } from './graph-error.ts';
import { type Json, optionalText } from './json.ts';
import type { Call } from './route.ts';

const validationTimeout = 10_000;
const longest = 10_080 * 60_000;

/** Epoch milliseconds; at most seven days ahead. */
export function readExpiry(body: Json, now: number): number {
  const text = optionalText(body, 'expirationDateTime');
  const expiresAt = Date.parse(text ?? '');
  if (text === undefined || Number.isNaN(expiresAt)) {
    throw badRequest('expirationDateTime is required.', 'ValidationError');
  }
  if (expiresAt <= now) throw badRequest('Subscription expiration is in the past.', 'ExtensionError');
  if (expiresAt - now > longest) {
    throw badRequest('Subscription expiration can only be 10080 minutes in the future.', 'ExtensionError');
  }
  return expiresAt;
}

export function readUrl(body: Json, name: string): string {
  const text = optionalText(body, name);
  const url = text === undefined ? null : URL.parse(text);
  // The service wants https; the sandbox's own addresses are on this machine.
  if (
    text === undefined ||
    url === null ||
    (url.protocol !== 'https:' && !['127.0.0.1', 'localhost'].includes(url.hostname))
  ) {
    throw badRequest(`${name} must be an https address.`, 'ValidationError');
  }
  return text;
}

/** The listener has ten seconds to give the token back as plain text. */
export async function validate(url: string): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
  const address = new URL(url);
  address.searchParams.set('validationToken', token);
  const refused = (why: string) =>
    badRequest(
      `Subscription validation request failed. Response must exactly match validationToken query parameter. ${why}`,
      'ValidationError',
    );
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      signal: AbortSignal.timeout(validationTimeout),
    });
    text = await response.text();
  } catch (error) {
    throw badRequest(
      `Subscription validation request timed out or failed. ${error instanceof Error ? error.name : ''}`,
      'ValidationError',
    );
  }
  if (response.status !== 200) throw refused(`HTTP status code is '${response.status}'.`);
  if (!(response.headers.get('content-type') ?? '').startsWith('text/plain'))
    throw refused('The content type is not text/plain.');
  if (text !== token) throw refused('');
}

/** Whose events; a signed-in user reaches only their own. */
export function readResource(call: Call, text: string | undefined): { mailbox: string; resource: string } {
  const match = text?.match(/^\/?(me|users\/([^/]+)|users\('([^']+)'\))\/events\/?$/i);
  if (text === undefined || match === null || match === undefined) {
    throw badRequest(`Resource '${text ?? ''}' is not supported for subscriptions here.`, 'ExtensionError');
  }
  const name = match[2] ?? match[3];
  const { person } = call.caller;
  if (name === undefined && person === undefined)
    throw badRequest('/me needs a signed-in user.', 'ExtensionError');
  const owner = name === undefined ? person : call.world.people.find(name);
  if (owner === undefined) throw new GraphError(404, 'ResourceNotFound', 'The user does not exist.');
  if (person !== undefined && person.id !== owner.id) {
    throw new GraphError(
      403,
      'ExtensionError',
      'Operation: Create; Exception: [Status Code: Forbidden; Reason: Access to other mailboxes]',
    );
  }
  return { mailbox: owner.id, resource: text };
}
