import { createHash } from 'node:crypto';
import { badRequest, GraphError } from '../graph-error.ts';
import { asJson, type Json, optionalFlag, optionalText } from '../json.ts';
import type { World } from '../world.ts';
import type { CalendarItem, Instance } from './event.ts';
import { newKey } from './ids.ts';
import { graphInstant } from './zones.ts';

export type StoredAttachment = {
  id: string;
  /** The item's key, with the date for an attachment of one occurrence. */
  place: string;
  name: string;
  contentType: string;
  size: number;
  isInline: boolean;
  contentId?: string;
  /** Where its bytes are: the copies of one file share them. */
  content: string;
  changedAt: number;
};

const limit = 3 * 1024 * 1024;

export function attachmentPlace(key: string, date: string | undefined): string {
  return date === undefined ? key : `${key}/${date}`;
}

/** An occurrence shows the series' attachments until it has its own. */
export function attachmentsOf(world: World, instance: Instance): StoredAttachment[] {
  const series = world.attachments.ownedBy(attachmentPlace(instance.item.key, undefined));
  if (instance.date === undefined) return series;
  return [...series, ...world.attachments.ownedBy(attachmentPlace(instance.item.key, instance.date))];
}

/** Takes a fileAttachment of a direct upload, which ends below 3 MB (event-post-attachments). */
export function addAttachment(world: World, value: unknown, place: string): StoredAttachment {
  const body = asJson(value, 'attachment');
  const type = optionalText(body, '@odata.type');
  if (type?.replace('#', '') !== 'microsoft.graph.fileAttachment') {
    throw badRequest(
      type === undefined
        ? 'The property @odata.type is missing from the attachment.'
        : `Attachments of type '${type}' are not taken here.`,
      'RequestBodyRead',
    );
  }
  const contentBytes = optionalText(body, 'contentBytes');
  const name = optionalText(body, 'name');
  if (contentBytes === undefined || name === undefined || name === '') {
    throw badRequest('An attachment needs a name and contentBytes.', 'ErrorPropertyValidationFailure');
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(contentBytes) || contentBytes.length % 4 !== 0) {
    throw badRequest("Cannot convert the literal to the expected type 'Edm.Binary'.", 'RequestBodyRead');
  }
  const size = Buffer.from(contentBytes, 'base64').length;
  if (size >= limit) {
    throw new GraphError(
      413,
      'ErrorMessageSizeExceeded',
      'The message exceeds the maximum supported size. Use an upload session from 3 MB on.',
    );
  }
  const contentId = optionalText(body, 'contentId');
  const content = createHash('sha256').update(contentBytes).digest('hex');
  world.attachmentContents.put({ id: content }, { contentBytes });
  const attachment: StoredAttachment = {
    id: newKey(),
    place,
    name,
    contentType: optionalText(body, 'contentType') ?? 'application/octet-stream',
    size,
    isInline: optionalFlag(body, 'isInline') ?? false,
    ...(contentId === undefined ? {} : { contentId }),
    content,
    changedAt: world.clock.now(),
  };
  world.attachments.put({ id: attachment.id, owner: place }, attachment);
  return attachment;
}

export function contentOf(world: World, attachment: StoredAttachment): string {
  const found = world.attachmentContents.get(attachment.content);
  if (found === undefined) throw new Error(`the bytes of attachment ${attachment.id} are gone`);
  return found.contentBytes;
}

export function attachmentJson(world: World, attachment: StoredAttachment): Json {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    '@odata.mediaContentType': attachment.contentType,
    id: attachment.id,
    lastModifiedDateTime: graphInstant(attachment.changedAt),
    name: attachment.name,
    contentType: attachment.contentType,
    size: attachment.size,
    isInline: attachment.isInline,
    contentId: attachment.contentId ?? null,
    contentLocation: null,
    contentBytes: contentOf(world, attachment),
  };
}

/** An attachment mails nobody; on an occurrence it makes the occurrence an exception. */
export function touch(world: World, item: CalendarItem, date: string | undefined): void {
  const version = world.store.next();
  const changedAt = world.clock.now();
  if (date === undefined) world.items.save({ ...item, version, changedAt });
  else {
    const before = item.exceptions[date];
    world.items.save({
      ...item,
      exceptions: {
        ...item.exceptions,
        [date]: {
          own: before?.own ?? {},
          version,
          changedAt,
          extendedProperties: before?.extendedProperties ?? {},
        },
      },
    });
  }
  world.changed({
    mailbox: item.mailbox,
    key: item.key,
    ...(date === undefined ? {} : { date }),
    type: 'updated',
  });
}
