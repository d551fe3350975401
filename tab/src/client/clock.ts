// "Now" follows the service: a laptop's clock may be wrong, and deadlines are the service's to decide.

let skewMs = 0;

/** Reads the service's clock off an answer's Date header; that header counts whole seconds, so less is no skew. */
export function followServerClock(dateHeader: string | null, sentAt: number, receivedAt: number): void {
  const server = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(server)) return;
  const measured = server + 500 - (sentAt + receivedAt) / 2;
  const uncertain = 1500 + (receivedAt - sentAt) / 2;
  if (Math.abs(measured - skewMs) > uncertain) skewMs = Math.abs(measured) > uncertain ? measured : 0;
}

/** Milliseconds of the epoch, by the service's clock. */
export function nowMs(): number {
  return Math.round(Date.now() + skewMs);
}

/** The zone of this device. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
