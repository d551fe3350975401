// The Azure CLI, which an administrator has signed in with `az login`. It answers in JSON, or ends us with its words.
import { spawnSync } from 'node:child_process';

export function az(args: readonly string[]): unknown {
  const result = spawnSync('az', [...args, '--output', 'json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error) throw new Error('The Azure CLI (az) is not installed', { cause: result.error });
  if (result.status !== 0) throw new Error(`az ${args.slice(0, 3).join(' ')} ended with ${result.status}`);
  return result.stdout.trim() === '' ? undefined : JSON.parse(result.stdout);
}

const graph = 'https://graph.microsoft.com/v1.0';

/** Microsoft Graph as the signed-in administrator. */
export function askGraph(method: 'get' | 'post' | 'patch', path: string, body?: unknown): unknown {
  return az([
    'rest',
    '--method',
    method,
    '--url',
    `${graph}${path}`,
    ...(body === undefined
      ? []
      : ['--headers', 'Content-Type=application/json', '--body', JSON.stringify(body)]),
  ]);
}
