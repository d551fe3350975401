// Every service keeps its port over restarts of the same data folder, so that open windows and subscriptions go on.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const services = [
  'workplace',
  'tab',
  'control',
  'entra',
  'graph',
  'vault',
  'realtime',
  'api',
  'mongo',
] as const;
export type Ports = Record<(typeof services)[number], number>;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The ports of the last start where they are free; 0 for any other. */
export async function rememberedPorts(dataDir: string, workplacePort: number): Promise<Ports> {
  const file = join(dataDir, 'ports.json');
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Ports>) : {};
  const ports = Object.fromEntries(services.map((service) => [service, 0])) as Ports;
  for (const service of services) {
    const wanted = service === 'workplace' && workplacePort > 0 ? workplacePort : (stored[service] ?? 0);
    if (wanted > 0 && (await isFree(wanted))) ports[service] = wanted;
  }
  return ports;
}

export function rememberPorts(dataDir: string, ports: Ports): void {
  writeFileSync(join(dataDir, 'ports.json'), `${JSON.stringify(ports, null, 2)}\n`);
}
