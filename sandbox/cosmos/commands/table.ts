// Every command of the server, by the names clients use.
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
import { endSessions } from './sessions.ts';
import { update } from './update.ts';

export const commands: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    aggregate,
    buildInfo,
    buildinfo: buildInfo,
    collStats,
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
