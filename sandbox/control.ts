// The control interface: other tools drive the sandbox through it. Only for this machine, and among web pages only for
// the workplace's.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { authorisedParty, type UserClient } from './entra/registrations.ts';
import type { UserTokenOptions } from './entra/tokens.ts';
import { HttpRefusal } from './http-refusal.ts';
import { type ListeningServer, listen, readBody, sendJson } from './http-server.ts';
import type { Operations, SandboxFaults, Services } from './operations.ts';
import { people } from './people.ts';

export type ControlOptions = {
  port: number;
  services: Services;
  operations: Operations;
  workplaceOrigin: () => string;
};

/** By its name here, in short, or by its client id in Entra. */
function clientNamed(name: string): UserClient | undefined {
  const short: Record<string, UserClient> = { teams: 'teams-web', outlook: 'outlook-nested' };
  const names = Object.keys(authorisedParty) as UserClient[];
  return short[name] ?? names.find((one) => one === name || authorisedParty[one] === name);
}

const personWanted = z.string().min(1);
const tokenWanted = z.object({
  user: personWanted,
  client: z
    .string()
    .default('teams-web')
    .transform((name, context) => {
      const found = clientNamed(name);
      if (found !== undefined) return found;
      context.addIssue(`not one of ${Object.keys(authorisedParty).join(', ')}`);
      return z.NEVER;
    }),
  options: z.custom<UserTokenOptions>().optional(),
});
const clockWanted = z.object({ to: z.union([z.iso.datetime({ offset: true }), z.iso.date(), z.number()]) });
const consentWanted = z.object({ user: personWanted });
/** Each service reads its own part. */
function part<K extends keyof SandboxFaults>() {
  return z
    .custom<NonNullable<SandboxFaults[K]>>((value) => typeof value === 'object' && value !== null)
    .optional();
}
const faultsWanted = z.strictObject({
  graph: part<'graph'>(),
  entra: part<'entra'>(),
  cosmos: part<'cosmos'>(),
  realtime: part<'realtime'>(),
});

export async function startControl(options: ControlOptions): Promise<ListeningServer> {
  const { operations, services } = options;

  function personId(name: string): string {
    const person = operations.findPerson(name);
    if (person === undefined) throw new HttpRefusal(404, `Nobody here is called ${name}.`);
    return person.id;
  }

  const clockReading = () => ({ now: new Date(services.clock.now()).toISOString() });

  const routes: Record<string, (body: unknown) => unknown> = {
    'POST /token': async (body) => {
      const wanted = tokenWanted.parse(body);
      return { token: await operations.token(personId(wanted.user), wanted.client, wanted.options ?? {}) };
    },
    'GET /people': () => people,
    'GET /graph/exchanges': () => services.graph.exchanges(),
    'DELETE /graph/exchanges': () => services.graph.clearExchanges(),
    'GET /clock': clockReading,
    'POST /clock': async (body) => {
      const { to } = clockWanted.parse(body);
      await operations.moveClock(typeof to === 'number' ? to : Date.parse(to));
      return clockReading();
    },
    'POST /faults': (body) => operations.setFaults(faultsWanted.parse(body) as SandboxFaults),
    'DELETE /faults': () => operations.clearFaults(),
    'POST /kill': async () => {
      await operations.kill();
      return { pid: services.backend.pid };
    },
    'POST /settle': () => operations.processAll(),
    'POST /consent': (body) => operations.consent(personId(consentWanted.parse(body).user)),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin, host } = request.headers;
    const allowed = options.workplaceOrigin();
    if (host !== undefined && !/^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(host)) {
      return sendJson(response, 421, { error: 'This interface is for this machine.' });
    }
    if (origin !== undefined && origin !== allowed) {
      return sendJson(response, 403, { error: 'This interface is not for other web pages.' });
    }
    if (origin !== undefined) {
      response.setHeader('access-control-allow-origin', allowed);
      response.setHeader('access-control-allow-headers', 'content-type');
      response.setHeader('access-control-allow-methods', 'GET, POST, DELETE');
      response.setHeader('vary', 'origin');
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const route = routes[`${request.method} ${path}`];
    if (route === undefined) {
      return sendJson(response, 404, { error: 'No such operation.', operations: Object.keys(routes) });
    }
    const text = (await readBody(request)).toString('utf8');
    const answer = await route(text === '' ? {} : JSON.parse(text));
    if (answer === undefined) response.writeHead(204).end();
    else sendJson(response, 200, answer);
  }

  return listen((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const status =
        error instanceof HttpRefusal
          ? error.status
          : error instanceof z.ZodError || error instanceof SyntaxError
            ? 400
            : 500;
      const message =
        error instanceof z.ZodError
          ? z.prettifyError(error)
          : error instanceof Error
            ? error.message
            : String(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, status, { error: message });
    });
  }, options.port);
}
