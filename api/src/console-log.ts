// Log lines of one turn of the event loop leave in one write: writing to a pipe halts the process each time.
import type { Log } from './ports.ts';

/** One JSON line per event on standard output; faults at once, on standard error. */
export function createConsoleLog(write: (lines: string) => void): Log {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) write(lines.join('\n'));
    lines = [];
  };
  process.once('exit', flush);
  return (level, event) => {
    lines.push(JSON.stringify({ level, ...event }));
    if (level === 'error') flush();
    else if (lines.length === 1) setImmediate(flush);
  };
}
