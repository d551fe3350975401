import { GraphError, itemNotFound } from '../graph-error.ts';

import { asJson } from '../json.ts';

import { page, select } from '../odata/query.ts';

import { calendarsRead, calendarsWrite } from '../permissions.ts';

import type { Route } from '../route.ts';
import { askedItem, instanceOf } from './asked-item.ts';
import { addAttachment, attachmentJson, attachmentPlace, attachmentsOf, touch } from './attachments.ts';
import { storedExtension } from './create-event.ts';

const outlook = { service: 'outlook' as const, ownOnly: true };

export const attachmentRoutes: Route[] = [
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}/attachments',
    allow: calendarsRead,
    handle(call) {
      const { item, date } = askedItem(call, false);
      const values = attachmentsOf(call.world, instanceOf(item, date)).map((one) =>
        attachmentJson(call.world, one),
      );
      return {
        status: 200,
        body: page(values, { address: call.address, query: call.query, defaultTop: 100, maxTop: 1000 }),
      };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/events/{event}/attachments',
    allow: calendarsWrite,
    handle(call) {
      const { item, date } = askedItem(call, true);
      instanceOf(item, date);
      const attachment = addAttachment(call.world, call.body, attachmentPlace(item.key, date));
      touch(call.world, item, date);
      return { status: 201, body: attachmentJson(call.world, attachment) };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}/attachments/{attachment}',
    allow: calendarsRead,
    handle(call) {
      const { item, date } = askedItem(call, false);
      const found = attachmentsOf(call.world, instanceOf(item, date)).find(
        ({ id }) => id === call.params.attachment,
      );
      if (found === undefined) throw itemNotFound();
      return { status: 200, body: select(attachmentJson(call.world, found), call.query) };
    },
  },
  {
    ...outlook,
    method: 'DELETE',
    path: '~/events/{event}/attachments/{attachment}',
    allow: calendarsWrite,
    handle(call) {
      const { item, date } = askedItem(call, true);
      const found = attachmentsOf(call.world, instanceOf(item, date)).find(
        ({ id }) => id === call.params.attachment,
      );
      if (found === undefined) throw itemNotFound();
      call.world.attachments.remove(found.id);
      touch(call.world, item, date);
      return { status: 204 };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}/extensions',
    allow: calendarsRead,
    handle(call) {
      const { item } = askedItem(call, false);
      return {
        status: 200,
        body: page(item.extensions, {
          address: call.address,
          query: call.query,
          defaultTop: 100,
          maxTop: 1000,
        }),
      };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/events/{event}/extensions',
    allow: calendarsWrite,
    handle(call) {
      const { item } = askedItem(call, true);
      const extension = storedExtension(asJson(call.body, 'extension'));
      if (item.extensions.some((known) => known.id === extension.id)) {
        throw new GraphError(409, 'NameAlreadyExists', 'An extension already exists with given id.');
      }
      // No mark for delta and no notification: Graph does not track extensions.
      call.world.items.save({ ...item, extensions: [...item.extensions, extension] });
      return { status: 201, body: extension };
    },
  },
];
