// What a manager should see first, of all that a team has: promises before everything else (capability 61).
import type { RouteAnswer } from '@medspill/domain/contract';

export type TeamLine = RouteAnswer<'home'>['team'][number];

export type Attention = {
  kind:
    | 'promises'
    | 'help'
    | 'change'
    | 'booking'
    | 'failed'
    | 'unsigned'
    | 'late'
    | 'prepare'
    | 'risk'
    | 'next';
  line: TeamLine;
};

const order: readonly Attention['kind'][] = [
  'promises',
  'help',
  'change',
  'booking',
  'failed',
  'unsigned',
  'late',
  'prepare',
  'risk',
  'next',
];

/** Two working days before and a weekend between them. */
const prepareWithinDays = 4;

export function attentionOf(team: readonly TeamLine[], nowMs: number): Attention[] {
  const all = team.flatMap((line) => kindsOf(line, nowMs).map((kind) => ({ kind, line })));
  return all.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || weight(b) - weight(a));
}

function kindsOf(line: TeamLine, nowMs: number): Attention['kind'][] {
  const kinds: Attention['kind'][] = [];
  const state = line.pair.series?.state;
  if (line.overduePromises > 0) kinds.push('promises');
  if (line.helpWanted > 0) kinds.push('help');
  if (line.goalChanges > 0) kinds.push('change');
  if (state === 'waiting_for_manager') kinds.push('booking');
  if (state === 'failed') kinds.push('failed');
  if (line.unsigned) kinds.push('unsigned');
  if (line.cadence.colour === 'red') kinds.push('late');
  if (
    line.next !== undefined &&
    isSoon(line.next.occurrence.start, nowMs) &&
    !line.next.readiness.manager.ready
  ) {
    kinds.push('prepare');
  }
  // Whoever asks for help has told of the risk already.
  if (line.goalsAtRisk > 0 && line.helpWanted === 0) kinds.push('risk');
  if (line.next === undefined && (state === undefined || state === 'stopped')) kinds.push('next');
  return kinds;
}

function isSoon(start: string, nowMs: number): boolean {
  const ahead = Date.parse(start) - nowMs;
  return ahead > 0 && ahead < prepareWithinDays * 86_400_000;
}

function weight({ kind, line }: Attention): number {
  if (kind === 'late') return line.cadence.days ?? 0;
  return kind === 'promises' ? line.overduePromises : 0;
}
