// What has been written since somebody first asked for change streams: kept in memory, bounded, in commit order. After
// a restart, or when a reader is too far behind, its token is refused and it has to read everything anew.
import { randomBytes } from 'node:crypto';
import { CommandError } from '../errors.ts';
import { type Doc, field, isDocument } from '../values/document.ts';

export type ChangeKind = 'insert' | 'update' | 'replace' | 'delete';

export type Change = {
  kind: ChangeKind;
  db: string;
  collection: string;
  documentKey: Doc;
  before?: Doc;
  after?: Doc;
  bytes: number;
};

const mostBytes = 32 * 1024 * 1024;
const mostChanges = 10_000;

export class ChangeLog {
  private readonly epoch = randomBytes(6).toString('hex');
  private recording = false;
  private pending: Change[] = [];
  private kept: Change[] = [];
  private keptBytes = 0;
  /** How many changes have been let go from the front. */
  private dropped = 0;
  private waiting: (() => void)[] = [];

  /** The position behind the last change; from now on changes are kept. */
  watch(): number {
    this.recording = true;
    return this.dropped + this.kept.length;
  }

  record(change: Change): void {
    if (this.recording) this.pending.push(change);
  }

  /** The recorded changes are durable now. */
  publish(): void {
    if (this.pending.length === 0) return;
    for (const change of this.pending) {
      this.kept.push(change);
      this.keptBytes += change.bytes;
    }
    this.pending = [];
    let letGo = 0;
    while (
      this.kept.length - letGo > mostChanges ||
      (this.keptBytes > mostBytes && this.kept.length - letGo > 1)
    ) {
      this.keptBytes -= this.kept[letGo]?.bytes ?? 0;
      letGo += 1;
    }
    this.kept.splice(0, letGo);
    this.dropped += letGo;
    const waiting = this.waiting;
    this.waiting = [];
    for (const wake of waiting) wake();
  }

  /** The recorded changes have been rolled back. */
  discard(): void {
    this.pending = [];
  }

  /** The change at a position, or undefined when it is still to come. */
  at(position: number): Change | undefined {
    if (position < this.dropped) throw this.lost();
    return this.kept[position - this.dropped];
  }

  /** Resolves when there is a change at the position, or after the time given. */
  async arrival(position: number, withinMs: number): Promise<void> {
    if (this.at(position)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  token(position: number): { _data: string } {
    return { _data: `${this.epoch}${position.toString(16).padStart(12, '0')}` };
  }

  positionOf(token: unknown): number {
    const data = isDocument(token) ? field(token, '_data') : undefined;
    if (typeof data !== 'string' || !/^[0-9a-f]{24}$/.test(data))
      throw new CommandError(2, 'The resume token is invalid');
    const position = Number.parseInt(data.slice(12), 16);
    if (!data.startsWith(this.epoch) || position < this.dropped) throw this.lost();
    this.watch();
    return position;
  }

  private lost(): CommandError {
    return new CommandError(
      286,
      'Resume of change stream was not possible, as the resume point may no longer be there.',
      {
        errorLabels: ['NonResumableChangeStreamError'],
      },
    );
  }
}
