// The manager's calendar in Outlook. Every method may be repeated: it looks before it creates.
import { refuse } from '@medspill/domain/refusals';
import type { Config } from '../../config.ts';
import type { Calendar, Clock, Paper } from '../../ports.ts';
import type { Graph } from './client.ts';
import { cancelSeries, endSeries } from './end-series.ts';
import { readFreeBusy } from './free-busy.ts';
import { goOn } from './go-on.ts';
import { cancelOccurrence, isBooked, moveOccurrence } from './occurrence.ts';

export function createCalendar({
  graph,
  paper,
  clock,
}: {
  config: Config;
  graph: Graph;
  paper: Paper;
  clock: Clock;
}): Calendar {
  return {
    freeBusy: (actor, people, from, to) => readFreeBusy(graph, actor, people, from, to),
    goOn: (actor, pair, save) => goOn({ graph, paper, clock }, actor, pair, save),
    moveOccurrence: async (actor, pair, from, to) =>
      isBooked(pair) ? moveOccurrence(graph, actor, pair, from, to) : refuse({ code: 'no_series' }),
    cancelOccurrence: async (actor, pair, at) =>
      isBooked(pair) ? cancelOccurrence(graph, actor, pair, at) : refuse({ code: 'no_series' }),
    endSeries: (actor, pair, from) => endSeries(graph, actor, pair, from),
    cancelSeries: (actor, pair) => cancelSeries(graph, actor, pair),
  };
}
