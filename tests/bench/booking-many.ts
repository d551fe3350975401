// Fifty sellers of two managers booked at once: how close it comes to the least that Graph's limits allow.
import type { PairDocument } from '../../api/src/documents.ts';
import { personIdSchema } from '../../domain/ids.ts';
import { people } from '../../sandbox/people.ts';
import { newPair, personOf, startRig } from '../contracts/graph-rig.ts';
import { rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const sellers = 50;
/** What every answer takes; of the order of Graph's own, so that waiting and not our own work is measured. */
const latencyMs = 150;
/** Requests that Outlook takes from an app at a time (facts/graph.md, throttling). */
const concurrency = 4;
const goal = 1.3;

export async function rows(): Promise<BenchRow[]> {
  const managers = [personOf('Ingrid'), personOf('Henrik')];
  const crowd = Array.from({ length: sellers + managers.length }, (_, index) => {
    const id = `00000000-0000-4000-8000-0000000009${String(index).padStart(2, '0')}`;
    const name = `Selger Nummer${index}`;
    return { id, name, mail: `selger${index}@nordvik.example`, manager: managers[index % 2] };
  });
  const rig = await startRig('2026-11-23T08:00:00Z', {
    validated: false,
    timeoutMs: 20_000,
    people: [
      ...people,
      ...crowd.map(({ id, name, mail, manager }) => ({
        id,
        displayName: name,
        givenName: 'Selger',
        surname: name.slice('Selger '.length),
        mail,
        jobTitle: 'Selger',
        timeZone: 'Europe/Oslo',
        language: 'nb-NO' as const,
        managerId: manager?.id ?? '',
        hasTeamsLicence: true,
      })),
    ],
  });
  try {
    const actors = await Promise.all(managers.map(({ firstName }) => rig.actor(firstName)));
    const book = async (pair: PairDocument) => {
      const index = managers.findIndex(({ id }) => id === pair.managerId);
      const actor = actors[index];
      if (actor === undefined) throw new Error('no actor');
      const outcome = await rig.calendar.goOn(actor, pair, async (changed) => ({
        ...changed,
        version: changed.version + 1,
      }));
      if (!outcome.ok || outcome.value.series?.state !== 'booked') throw new Error('not booked');
    };
    const pairs = crowd.map(({ id, name, mail, manager }) =>
      newPair(manager ?? personOf('Ingrid'), {
        id: personIdSchema.parse(id),
        name,
        firstName: 'Selger',
        mail,
        language: 'nb',
        zone: 'Europe/Oslo',
      }),
    );
    // One for each manager first: tokens are fetched, and the fonts of the agenda read.
    for (const pair of pairs.slice(0, managers.length)) await book(pair);
    rig.graphServer.clearExchanges();
    rig.graphServer.setFaults({ latencyMs });
    const started = performance.now();
    await Promise.all(pairs.slice(managers.length).map(book));
    const took = performance.now() - started;
    const calls = rig.graphServer.exchanges().length;
    const floor = (calls * latencyMs) / concurrency;
    const ratio = rounded(took / floor);
    console.log(
      `Least for ${sellers} sellers: ${calls} calls of ${latencyMs} ms ÷ ${concurrency} at a time = ${rounded(floor / 1000)} s`,
    );
    return [
      {
        name: `book: ${sellers} sellers, against Graph calls needed ÷ concurrency allowed`,
        value: rounded(took),
        unit: 'ms',
        floor: rounded(floor),
        ratio,
        goal: `<= ${goal}`,
        holds: ratio <= goal && rig.graph.peak <= concurrency,
      },
    ];
  } finally {
    await rig.close();
  }
}
