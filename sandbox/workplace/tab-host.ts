// Serves the built tab as Azure's static site does: its own headers, its configuration, and the API under /api.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sendJson } from '../http-server.ts';
import { passOn } from './proxy.ts';
import { findFile, sendFile } from './static-files.ts';

export type TabHostOptions = {
  tabDir: string;
  officeJs: string;
  config: { clientId: string; tenantId: string; teamsAppId: string };
  /** Known when the servers listen. */
  addresses: () => { workplace: string; api: string; realtime: string };
};

type SiteConfig = {
  globalHeaders?: Record<string, string>;
  routes?: { route: string; headers?: Record<string, string> }[];
  navigationFallback?: { rewrite: string; exclude?: string[] };
};

/** `/assets/*` and `/*.{json,svg}`, as staticwebapp.config.json writes them. */
function matches(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_whole, list: string) => `(?:${list.replaceAll(',', '|')})`)
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(path);
}

/** Adds what is only true here: the page around is the workplace's, and live updates come from this machine. */
function widened(policy: string, workplace: string, realtime: string): string {
  const added: Record<string, string[]> = {
    'frame-ancestors': [workplace],
    'connect-src': [realtime, realtime.replace(/^http/, 'ws')],
  };
  return policy
    .split(';')
    .map((directive) => {
      const [name = ''] = directive.trim().split(/\s+/);
      return [directive.trim(), ...(added[name] ?? [])].join(' ');
    })
    .join('; ');
}

const officeOnline = /https:\/\/appsforoffice\.microsoft\.com\/lib\/[^"']*\/office\.js/g;

/** Answers every request but those that the caller has for itself. */
export function createTabHost(options: TabHostOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { workplace, api, realtime } = options.addresses();
    const path = new URL(request.url ?? '/', workplace).pathname;
    if (path === '/api' || path.startsWith('/api/')) return passOn(request, response, api);

    const site = await readSite(options.tabDir);
    const headers: Record<string, string> = { ...site.globalHeaders };
    for (const route of site.routes ?? []) {
      if (matches(route.route, path)) Object.assign(headers, route.headers);
    }
    const policy = headers['content-security-policy'];
    if (policy !== undefined) headers['content-security-policy'] = widened(policy, workplace, realtime);
    // Over plain http on this machine it would only pin a port that is another's tomorrow.
    delete headers['strict-transport-security'];

    if (path === '/config.json')
      return sendJson(response, 200, { ...options.config, validOrigins: [workplace] }, headers);
    if (path === '/office.js') return sendFile(response, options.officeJs, headers);
    const fallback = site.navigationFallback;
    const rewritten =
      fallback === undefined || fallback.exclude?.some((pattern) => matches(pattern, path))
        ? undefined
        : fallback.rewrite;
    const file =
      (await findFile(options.tabDir, path === '/' ? '/index.html' : path)) ??
      (rewritten === undefined ? undefined : await findFile(options.tabDir, rewritten));
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found');
      return;
    }
    await sendFile(
      response,
      file,
      headers,
      file.endsWith('.html')
        ? (html) => html.replace(officeOnline, `/office.js?host=${encodeURIComponent(workplace)}`)
        : undefined,
    );
  };
}

async function readSite(tabDir: string): Promise<SiteConfig> {
  const text = await readFile(join(tabDir, 'staticwebapp.config.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text) as SiteConfig;
}
