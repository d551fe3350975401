// Every command of the server, by the names clients use.
import { type Doc, isDocument } from '../values/document.ts';
import { aggregate } from './aggregate.ts';
import {
  collStats,
  create,
  dbStats,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collections.ts';
import type { Handler } from './context.ts';
import { customAction, getLastRequestStatistics } from './cosmos-extension.ts';
import { count, distinct } from './count-and-distinct.ts';
import { getMore, killCursors } from './cursors.ts';
import { deleteDocuments } from './delete.ts';
import { explain } from './explain.ts';
import { find } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import {
  buildInfo,
  connectionStatus,
  getParameter,
  hello,
  hostInfo,
  ping,
  serverStatus,
  whatsMyUri,
} from './handshake.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { insert } from './insert.ts';
import { endSessions, withoutTransaction } from './sessions.ts';
import { update } from './update.ts';

export const commands: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    abortTransaction: withoutTransaction,
    aggregate,
    buildInfo,
    buildinfo: buildInfo,
    collStats,
    commitTransaction: withoutTransaction,
    connectionStatus,
    count,
    create,
    createIndexes,
    customAction,
    dbStats,
    delete: deleteDocuments,
    distinct,
    drop,
    dropDatabase,
    dropIndexes,
    endSessions,
    explain,
    find,
    findAndModify,
    findandmodify: findAndModify,
    getLastRequestStatistics,
    getMore,
    getParameter,
    hello,
    hostInfo,
    insert,
    isMaster: hello,
    ismaster: hello,
    killCursors,
    killSessions: endSessions,
    listCollections,
    listDatabases,
    listIndexes,
    ping,
    refreshSessions: endSessions,
    renameCollection,
    serverStatus,
    update,
    whatsmyuri: whatsMyUri,
  }),
);

/** Commands whose answer is kept for a retry when the client numbers them. */
export const retryable: ReadonlySet<string> = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
]);

const changing = new Set([
  ...retryable,
  'create',
  'createIndexes',
  'customAction',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'renameCollection',
]);

export function changesData(name: string, command: Doc): boolean {
  if (changing.has(name)) return true;
  const { pipeline } = command;
  const last = name === 'aggregate' && Array.isArray(pipeline) ? pipeline.at(-1) : undefined;
  return isDocument(last) && (Object.hasOwn(last, '$out') || Object.hasOwn(last, '$merge'));
}
