// The manager's calendar in Outlook. Every method may be repeated: it looks before it creates.
import { refuse } from '@medspill/domain/refusals';
import type { Config } from '../../config.ts';
import type { Calendar, Clock, Paper } from '../../ports.ts';
import { bookPreparation } from './blocks.ts';
import type { Graph } from './client.ts';
import { cancelSeries, endFormers, endSeries } from './end-series.ts';
import { extendSeries } from './extend-series.ts';
import { findTimes } from './find-times.ts';
import { readFreeBusy } from './free-busy.ts';
import { goOn } from './go-on.ts';
import { identify } from './identify.ts';
import { writeMonthAgenda } from './month-agenda.ts';
import { cancelOccurrence, isBooked, moveOccurrence } from './occurrence.ts';
import { alignBlocks } from './seller-blocks.ts';
import { bookSingle, cancelSingle, readSingle } from './single-meeting.ts';
import { readStanding } from './standing.ts';
import { watchCalendar } from './watch.ts';

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
    findTimes: (actor, seller, wish) => findTimes(graph, actor, seller, wish),
    goOn: (actor, pair, save) => goOn({ graph, paper, clock }, actor, pair, save),
    moveOccurrence: async (actor, pair, from, to) =>
      isBooked(pair) ? moveOccurrence(graph, actor, pair, from, to) : refuse({ code: 'no_series' }),
    cancelOccurrence: async (actor, pair, at) =>
      isBooked(pair) ? cancelOccurrence(graph, actor, pair, at) : refuse({ code: 'no_series' }),
    endSeries: async (actor, pair, from) => {
      const ended = await endFormers(graph, actor, pair, from);
      return ended.ok ? endSeries(graph, actor, pair, from) : ended;
    },
    cancelSeries: async (actor, pair) => {
      const ended = await endFormers(graph, actor, pair, clock.now());
      return ended.ok ? cancelSeries(graph, actor, pair) : ended;
    },
    bookPreparation: async (actor, pair, month, at) =>
      isBooked(pair) ? bookPreparation(graph, clock, actor, pair, month, at) : refuse({ code: 'no_series' }),
    alignBlocks: (actor, pair, blocks) => alignBlocks(graph, clock, actor, pair, blocks),
    bookSingle: (actor, pair, review) => bookSingle(graph, clock, actor, pair, review),
    cancelSingle: (actor, pair, review) => cancelSingle(graph, clock, actor, pair, review),
    readSingle: (actor, pair, eventId) => readSingle(graph, actor, pair, eventId),
    writeAgenda: async (actor, pair, review) =>
      isBooked(pair) ? writeMonthAgenda(graph, actor, pair, review) : refuse({ code: 'no_series' }),
    extendSeries: async (actor, pair, months) =>
      isBooked(pair) ? extendSeries(graph, actor, pair, months) : refuse({ code: 'no_series' }),
    identify: (actor, personId, eventId) => identify(graph, actor, personId, eventId),
    standing: async (actor, pair) =>
      isBooked(pair) ? readStanding(graph, actor, pair) : refuse({ code: 'no_series' }),
    watch: (managerId, known) => watchCalendar(graph, clock, managerId, known),
  };
}
