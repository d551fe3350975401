import type { ChosenKind } from '@medspill/domain/follow-up/contract';
import type { PersonId } from '@medspill/domain/ids';
import type { App } from '../app.ts';
import type { PrivateDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { shardOf } from '../shard.ts';

const idOf = (personId: PersonId) => `choices/${personId}`;

export async function readNoticeChoices(app: App, caller: Caller): Promise<ChosenKind[]> {
  const choices = await app.store.private.get(caller.scope, idOf(caller.personId));
  return choices?.off ?? [];
}

export async function saveNoticeChoices(
  app: App,
  caller: Caller,
  off: readonly ChosenKind[],
): Promise<ChosenKind[]> {
  const wanted = [...new Set(off)];
  for (;;) {
    const choices = await app.store.private.get(caller.scope, idOf(caller.personId));
    if (choices !== undefined) {
      const saved = await app.store.private.replace(caller.scope, {
        ...choices,
        rev: choices.rev + 1,
        off: wanted,
      });
      if (saved !== undefined) return wanted;
      continue;
    }
    const fresh: PrivateDocument = {
      _id: idOf(caller.personId),
      shard: shardOf(caller.scope, caller.personId),
      tenantId: caller.tenantId,
      version: 1,
      outbox: [],
      outboxDue: 'none',
      authorId: caller.personId,
      kind: 'notice_choices',
      rev: 1,
      off: wanted,
    };
    if (await app.store.private.insert(caller.scope, fresh)) return wanted;
  }
}
