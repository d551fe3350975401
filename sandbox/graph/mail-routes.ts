// sendMail and the categories of a mailbox.
import { newKey } from './calendar/ids.ts';
import { post } from './calendar/mail.ts';
import { cleanHtml } from './calendar/teams-block.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { asJson, eitherCase, isJson, type Json, optionalJson, optionalList, optionalText } from './json.ts';
import { page } from './odata/query.ts';
import { mailboxSettingsRead, mailboxSettingsWrite, mailSend } from './permissions.ts';
import type { Call, Reply, Route } from './route.ts';

function recipients(message: Json, name: string): { address: string; name: string }[] {
  return (optionalList(message, name) ?? []).map((value) => {
    const email = optionalJson(asJson(value, name), 'emailAddress') ?? {};
    const address = optionalText(email, 'address');
    if (address === undefined || !/^[^\s@]+@[^\s@]+$/.test(address)) {
      throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients');
    }
    return { address, name: optionalText(email, 'name') ?? address };
  });
}

function sendMail(call: Call): Reply {
  const message = eitherCase(asJson(call.body, 'sendMail'), 'message');
  if (!isJson(message)) throw badRequest('The message is missing.', 'ErrorInvalidRequest');
  const to = ['toRecipients', 'ccRecipients', 'bccRecipients'].flatMap((name) => recipients(message, name));
  if (to.length === 0) throw badRequest('At least one recipient is required.', 'ErrorInvalidRecipients');
  const body = optionalJson(message, 'body') ?? {};
  const content = optionalText(body, 'content') ?? '';
  const html = optionalText(body, 'contentType')?.toLowerCase() === 'html';
  const attachments = (optionalList(message, 'attachments') ?? []).map((value) => {
    const attachment = asJson(value, 'attachments');
    return {
      name: optionalText(attachment, 'name') ?? '',
      contentType: optionalText(attachment, 'contentType') ?? 'application/octet-stream',
      size: Buffer.from(optionalText(attachment, 'contentBytes') ?? '', 'base64').length,
    };
  });
  for (const recipient of to) {
    post(call.world, {
      kind: 'message',
      from: { address: call.owner.mail, name: call.owner.displayName },
      to: recipient,
      subject: optionalText(message, 'subject') ?? '',
      body: html ? cleanHtml(content) : content,
      attachments,
    });
  }
  return { status: 202 };
}

export const mailRoutes: Route[] = [
  {
    method: 'POST',
    path: '~/sendMail',
    service: 'outlook',
    ownOnly: true,
    allow: mailSend,
    handle: sendMail,
  },
  {
    method: 'GET',
    path: '~/outlook/masterCategories',
    service: 'outlook',
    ownOnly: true,
    allow: mailboxSettingsRead,
    handle: (call) => ({
      status: 200,
      body: page(call.world.documents('category').ownedBy(call.owner.id), {
        address: call.address,
        query: call.query,
        defaultTop: 100,
        maxTop: 1000,
      }),
    }),
  },
  {
    method: 'POST',
    path: '~/outlook/masterCategories',
    service: 'outlook',
    ownOnly: true,
    allow: mailboxSettingsWrite,
    handle(call) {
      const body = asJson(call.body, 'outlookCategory');
      const displayName = optionalText(body, 'displayName');
      if (displayName === undefined || displayName === '')
        throw badRequest('A category needs a displayName.');
      const known = call.world.documents('category').ownedBy(call.owner.id);
      if (known.some((category) => category.displayName === displayName)) {
        throw new GraphError(409, 'CategoryAlreadyExists', 'A category with that name exists already.');
      }
      const id = newKey();
      const category = { id, displayName, color: optionalText(body, 'color') ?? 'none' };
      call.world.documents('category').put({ id, owner: call.owner.id }, category);
      return { status: 201, body: category };
    },
  },
];
