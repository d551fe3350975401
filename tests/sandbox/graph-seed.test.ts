import { expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import { mail, person, startTenant } from './graph-tenant.ts';

const now = '2026-11-23T09:00:00Z';
const month = [Date.parse('2026-11-23T00:00:00Z'), Date.parse('2026-12-21T00:00:00Z')] as const;

test('a new tenant looks lived in, the same each time, and nobody has mail about it', async () => {
  const tenant = await startTenant(now, { seeded: true });
  const other = await startTenant(now, { seeded: true });
  const week = (of: typeof tenant, who: string) =>
    of.graph.state
      .calendar(who, ...month)
      .map(({ subject, start, end }) => `${new Date(start).toISOString()} ${end - start} ${subject}`);
  for (const one of people) {
    expect(week(tenant, one.id)).toEqual(week(other, one.id));
    expect(tenant.graph.state.mails(one.id)).toEqual([]);
    expect(tenant.graph.state.installedApps(one.id)).toHaveLength(
      ['Sofie', 'Owen', 'Gjest'].includes(one.givenName) ? 0 : 1,
    );
  }
  const jonas = tenant.graph.state.calendar(person('Jonas'), ...month);
  expect(jonas.filter(({ subject }) => subject === 'Salgsmøte Øst')).toHaveLength(4);
  expect(jonas.find(({ subject }) => subject === 'Salgsmøte Øst')).toMatchObject({
    response: 'accepted',
    isOrganizer: false,
    organizer: { address: mail('Ingrid') },
  });
  expect(jonas.filter(({ subject }) => /kundemøte|Kundebesøk/.test(subject)).length).toBeGreaterThan(4);
  expect(tenant.graph.state.calendar(person('Gjest'), ...month)).toEqual([]);
  // A second start finds yesterday's data and adds nothing.
  const before = week(tenant, person('Ingrid'));
  await tenant.restart();
  expect(week(tenant, person('Ingrid'))).toEqual(before);
  await tenant.close();
  await other.close();
});
