// A change as its reader gets it. RU names neither the operation nor the fields, and always sends the whole document.
import { Timestamp } from 'bson';
import { equalValues } from '../values/compare.ts';
import { type Doc, field } from '../values/document.ts';
import type { Change } from './change-log.ts';

export function changeEvent(change: Change, token: Doc, wholeAfterUpdate: boolean): Doc {
  const { kind, db, collection, documentKey, before, after } = change;
  const whole = kind === 'insert' || kind === 'replace' || (kind === 'update' && wholeAfterUpdate);
  return {
    _id: token,
    operationType: kind,
    clusterTime: new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }),
    wallTime: new Date(),
    ns: { db, coll: collection },
    documentKey,
    ...(whole && after ? { fullDocument: after } : {}),
    ...(kind === 'update' && before && after ? { updateDescription: updateDescription(before, after) } : {}),
  };
}

/** What RU leaves out of an event. */
export function asInRu(event: Doc): Doc {
  const {
    operationType: _type,
    updateDescription: _fields,
    clusterTime: _at,
    wallTime: _wall,
    ...rest
  } = event;
  return rest;
}

/** By top-level fields. */
function updateDescription(before: Doc, after: Doc): Doc {
  const updatedFields: Doc = {};
  for (const [name, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, name) || !equalValues(field(before, name), value)) updatedFields[name] = value;
  }
  const removedFields = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return { updatedFields, removedFields, truncatedArrays: [] };
}
