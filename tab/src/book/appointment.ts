// The appointment beside the task pane, read through Office.js. Old clients lack some of its functions; what a client
// lacks is simply not known.
import type { Draft } from './proposal.ts';

export type OpenAppointment =
  | { kind: 'none' }
  /** Somebody else's calendar: `/me` would make the delegate the organizer. */
  | { kind: 'shared'; owner: string }
  | { kind: 'draft'; draft: Draft }
  | { kind: 'saved'; eventId: string; start?: string; draft: Draft };

type Callback<T> = (result: Office.AsyncResult<T>) => void;

/** Undefined where the client has no such function, or it does not answer. */
function ask<T>(call: ((callback: Callback<T>) => void) | undefined): Promise<T | undefined> {
  return new Promise((resolve) => {
    if (call === undefined) return resolve(undefined);
    try {
      call((result) =>
        resolve(result.status === Office.AsyncResultStatus.Succeeded ? result.value : undefined),
      );
    } catch {
      resolve(undefined);
    }
  });
}

export async function readAppointment(): Promise<OpenAppointment> {
  const item = Office.context.mailbox.item;
  if (item === null || item === undefined) return { kind: 'none' };
  const owner = await sharedOwner(item);
  if (owner !== undefined) return { kind: 'shared', owner };
  const draft = await readDraft(item);
  const id = await itemIdOf(item);
  if (id === undefined) return { kind: 'draft', draft };
  return {
    kind: 'saved',
    eventId: restId(id),
    draft,
    ...(draft.start === undefined ? {} : { start: draft.start }),
  };
}

/** Tells of each change of who, when and how often, until it is told to stop. */
export function watchAppointment(onChange: () => void): () => void {
  const item = Office.context.mailbox.item as unknown as {
    addHandlerAsync?: (type: string, handler: () => void) => void;
    removeHandlerAsync?: (type: string) => void;
  } | null;
  const { RecipientsChanged, AppointmentTimeChanged, RecurrenceChanged } = Office.EventType;
  const types = [RecipientsChanged, AppointmentTimeChanged, RecurrenceChanged].filter(Boolean);
  for (const type of types) item?.addHandlerAsync?.(String(type), onChange);
  return () => {
    for (const type of types) item?.removeHandlerAsync?.(String(type));
  };
}

/** Takes the people off the draft, so that sending it by mistake invites nobody to a second meeting. */
export async function emptyDraft(): Promise<void> {
  const item = Office.context.mailbox.item as unknown as Partial<Office.AppointmentCompose> | null;
  await Promise.all(
    [item?.requiredAttendees, item?.optionalAttendees].map((people) =>
      ask<void>(people?.setAsync === undefined ? undefined : (callback) => people.setAsync([], callback)),
    ),
  );
}

/** Throws the draft away, so that the booked series is the only meeting. False where the client would not. */
export async function discardDraft(): Promise<boolean> {
  const item = Office.context.mailbox.item as unknown as {
    closeAsync?: (options: { discardItem: boolean }, callback: Callback<void>) => void;
    close?: () => void;
  } | null;
  if (item === null) return true;
  if (typeof item.closeAsync === 'function') {
    return new Promise((resolve) => {
      item.closeAsync?.({ discardItem: true }, (result) =>
        resolve(result.status === Office.AsyncResultStatus.Succeeded),
      );
    });
  }
  if (typeof item.close !== 'function') return false;
  // This one asks the person whether to discard.
  item.close();
  return true;
}

async function sharedOwner(item: Office.Item): Promise<string | undefined> {
  const me = Office.context.mailbox.userProfile.emailAddress.toLowerCase();
  const appointment = item as unknown as Partial<Office.AppointmentCompose>;
  const shared = await ask<Office.SharedProperties>(
    appointment.getSharedPropertiesAsync === undefined
      ? undefined
      : (callback) => appointment.getSharedPropertiesAsync?.(callback),
  );
  const owner = shared?.owner;
  return owner !== undefined && owner.toLowerCase() !== me ? owner : undefined;
}

async function readDraft(item: Office.Item): Promise<Draft> {
  const fields = item as unknown as Record<string, unknown>;
  const [attendees, subject, start, end, recurrence] = await Promise.all([
    fieldOf<Office.EmailAddressDetails[]>(fields.requiredAttendees),
    fieldOf<string>(fields.subject),
    fieldOf<Date>(fields.start),
    fieldOf<Date>(fields.end),
    fieldOf<Office.Recurrence>(fields.recurrence),
  ]);
  const properties = recurrence?.recurrenceProperties;
  return {
    attendees: (attendees ?? []).map((one) => ({ name: one.displayName, mail: one.emailAddress })),
    subject: subject ?? '',
    ...(start === undefined ? {} : { start: start.toISOString() }),
    ...(end === undefined ? {} : { end: end.toISOString() }),
    ...(recurrence?.recurrenceType === undefined || recurrence.recurrenceType === null
      ? {}
      : {
          recurrence: {
            type: String(recurrence.recurrenceType),
            ...(properties?.interval === undefined ? {} : { interval: properties.interval }),
            ...(properties?.dayOfMonth === undefined ? {} : { dayOfMonth: properties.dayOfMonth }),
            ...(properties?.dayOfWeek === undefined ? {} : { dayOfWeek: String(properties.dayOfWeek) }),
            ...(properties?.weekNumber === undefined ? {} : { weekNumber: String(properties.weekNumber) }),
          },
        }),
  };
}

/** A composed item has functions where a read one has values. */
async function fieldOf<T>(field: unknown): Promise<T | undefined> {
  if (field === null || field === undefined) return undefined;
  if (typeof field === 'object' && 'getAsync' in field && typeof field.getAsync === 'function') {
    const { getAsync } = field as { getAsync: (callback: Callback<T>) => void };
    return ask<T>((callback) => getAsync.call(field, callback));
  }
  return field as T;
}

/** Of the series where the item is one of its occurrences. A draft that was never saved has none. */
async function itemIdOf(item: Office.Item): Promise<string | undefined> {
  const { itemId, seriesId, getItemIdAsync } = item as unknown as Partial<Office.AppointmentRead> &
    Partial<Office.AppointmentCompose>;
  if (typeof seriesId === 'string' && seriesId !== '') return seriesId;
  if (typeof itemId === 'string' && itemId !== '') return itemId;
  if (getItemIdAsync === undefined) return undefined;
  return ask<string>((callback) => getItemIdAsync.call(item, callback));
}

function restId(id: string): string {
  const { mailbox } = Office.context;
  return mailbox.convertToRestId?.(id, Office.MailboxEnums.RestVersion?.v2_0 ?? 'v2.0') ?? id;
}
