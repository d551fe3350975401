// Delta: each round compares what stands there now with what the token's round had seen.
import { GraphError } from '../graph-error.ts';
import type { Json } from '../json.ts';
import type { Preferences } from '../preferences.ts';
import type { World } from '../world.ts';
import { eventId, newKey, parseEventId } from './ids.ts';
import { instancesIn, masterInstance, spanOf, type Window } from './occurrences.ts';
import { eventJson } from './present.ts';
import { graphWall } from './zones.ts';

export type DeltaSnapshot = {
  mailbox: string;
  window: Window | null;
  /** What the client knows: id (immutable form) to a mark that changes with the thing. */
  seen: Record<string, string>;
  /** What is still to be sent in this round. */
  pending: { id: string; mark: string | null }[];
};

type Entry = { id: string; mark: string; json(): Json };

function entries(world: World, mailbox: string, window: Window | null, preferences: Preferences): Entry[] {
  const found: Entry[] = [];
  for (const item of world.items.seenInMailbox(mailbox)) {
    const whole = masterInstance(item);
    const masterEntry: Entry = {
      id: eventId(item.key, undefined, true),
      mark: String(whole.version),
      json: () => eventJson(world, whole, preferences),
    };
    if (window === null) {
      found.push(masterEntry);
      continue;
    }
    const instances = instancesIn(item, window);
    if (instances.length === 0) continue;
    found.push(masterEntry);
    if (item.recurrence === undefined) continue;
    for (const instance of instances) {
      const { from, to } = spanOf(instance);
      const own = instance.date === undefined ? undefined : item.exceptions[instance.date];
      found.push({
        id: eventId(item.key, instance.date, true),
        mark: `${from}-${to}-${own?.version ?? 0}`,
        json: () => {
          const json = eventJson(world, instance, preferences);
          if (instance.type === 'exception') return json;
          // A regular occurrence comes slim: the rest is its master's.
          return {
            '@odata.etag': json['@odata.etag'],
            id: json.id,
            seriesMasterId: json.seriesMasterId,
            type: 'occurrence',
            start: { dateTime: graphWall(from, preferences.zone), timeZone: preferences.zoneName },
            end: { dateTime: graphWall(to, preferences.zone), timeZone: preferences.zoneName },
          };
        },
      });
    }
  }
  return found;
}

function shownId(id: string, preferences: Preferences): string {
  const parsed = parseEventId(id);
  return parsed === undefined ? id : eventId(parsed.key, parsed.date, preferences.immutableIds);
}

/** One page. `token` is of the last page or round; without it a new round starts over `window`. */
export function deltaPage(
  world: World,
  mailbox: string,
  address: string,
  token: string | undefined,
  window: Window | null,
  preferences: Preferences,
): Json {
  const earlier = token === undefined ? undefined : world.deltas.get(token);
  if (token !== undefined && (earlier === undefined || earlier.mailbox !== mailbox)) {
    throw new GraphError(410, 'SyncStateNotFound', 'The sync state is not found: start a new round.');
  }
  const over = earlier?.window ?? window;
  const now = new Map(entries(world, mailbox, over, preferences).map((entry) => [entry.id, entry]));
  let pending = earlier?.pending ?? [];
  const seen = { ...earlier?.seen };
  if (pending.length === 0) {
    pending = [...now.values()]
      .filter((entry) => seen[entry.id] !== entry.mark)
      .map(({ id, mark }) => ({ id, mark }));
    for (const id of Object.keys(seen)) if (!now.has(id)) pending.push({ id, mark: null });
  }
  const size = preferences.pageSize ?? 50;
  const value: Json[] = [];
  for (const { id } of pending.slice(0, size)) {
    const entry = now.get(id);
    if (entry === undefined) {
      delete seen[id];
      value.push({ '@removed': { reason: 'deleted' }, id: shownId(id, preferences) });
    } else {
      seen[id] = entry.mark;
      value.push(entry.json());
    }
  }
  const left = pending.slice(size);
  const next = newKey();
  world.deltas.put({ id: next, owner: mailbox }, { mailbox, window: over, seen, pending: left });
  const link = `${address}?${left.length > 0 ? '$skiptoken' : '$deltatoken'}=${next}`;
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(event)',
    value,
    ...(left.length > 0 ? { '@odata.nextLink': link } : { '@odata.deltaLink': link }),
  };
}
