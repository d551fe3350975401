// The service's limits: four requests at a time per app and mailbox, and requests per second of Teams.
// Source: Microsoft Graph service-specific throttling limits. Rates run on the machine's clock, as the traffic does.
import { GraphError } from './graph-error.ts';

export type Service = 'outlook' | 'teams' | 'activity' | 'recipients' | 'directory' | 'subscriptions';

const mailboxConcurrency = 4;
const perMailboxInTenMinutes = 10_000;
const tenMinutes = 600_000;
const perSecond: Partial<Record<Service, number>> = { teams: 30, activity: 5, recipients: 2 };

export type Throttle = {
  /** Counts a request in; throws 429. Call what it returns when the answer is out. */
  enter(service: Service, app: string, mailbox: string): () => void;
  /** The most requests ever in flight for one app and mailbox. */
  highest(): number;
  /** The most requests to Outlook ever in flight for one app, whatever the mailbox. */
  highestOfApp(): number;
};

export function createThrottle(): Throttle {
  const inFlight = new Map<string, number>();
  const recent = new Map<string, number[]>();
  const ofApp = new Map<string, number>();
  let highest = 0;
  let highestOfApp = 0;

  function rate(key: string, limit: number, span: number): void {
    const now = performance.now();
    const times = (recent.get(key) ?? []).filter((at) => at > now - span);
    const first = times[0];
    if (times.length >= limit && first !== undefined) {
      recent.set(key, times);
      throw new GraphError(
        429,
        'TooManyRequests',
        'Too many requests. Retry after the time in Retry-After.',
        {
          'retry-after': String(Math.max(1, Math.ceil((first + span - now) / 1000))),
        },
      );
    }
    times.push(now);
    recent.set(key, times);
  }

  return {
    enter(service, app, mailbox) {
      if (service !== 'outlook') {
        const limit = perSecond[service];
        if (limit !== undefined) rate(`${service}/${app}`, limit, 1000);
        return () => {};
      }
      const key = `${app}/${mailbox}`;
      const now = (inFlight.get(key) ?? 0) + 1;
      if (now > mailboxConcurrency) {
        throw new GraphError(
          429,
          'ApplicationThrottled',
          'Application is over its MailboxConcurrency limit.',
          { 'retry-after': '1' },
        );
      }
      rate(key, perMailboxInTenMinutes, tenMinutes);
      inFlight.set(key, now);
      highest = Math.max(highest, now);
      const together = (ofApp.get(app) ?? 0) + 1;
      ofApp.set(app, together);
      highestOfApp = Math.max(highestOfApp, together);
      return () => {
        ofApp.set(app, (ofApp.get(app) ?? 1) - 1);
        const left = (inFlight.get(key) ?? 1) - 1;
        if (left === 0) inFlight.delete(key);
        else inFlight.set(key, left);
      };
    },
    highest: () => highest,
    highestOfApp: () => highestOfApp,
  };
}
