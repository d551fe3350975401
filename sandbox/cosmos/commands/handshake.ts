// What a driver asks before and beside its work: who are you, are you there.
import { Timestamp } from 'bson';
import { field } from '../values/document.ts';
import type { Handler } from './context.ts';

// Wire version 21 is MongoDB 7.0, which Cosmos DB's RU service also claims.
const version = '7.0.0';
const maxWireVersion = 21;

/** As the primary of a replica set: to a standalone server drivers send no `txnNumber`, so no retryable writes. */
export const hello: Handler = ({ engine, connection, command }) => ({
  helloOk: true,
  isWritablePrimary: true,
  ...(field(command, 'hello') === undefined ? { ismaster: true } : {}),
  secondary: false,
  setName: 'local',
  setVersion: 1,
  hosts: [engine.address],
  me: engine.address,
  primary: engine.address,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: connection.id,
  minWireVersion: 0,
  maxWireVersion,
  readOnly: false,
  ok: 1,
});

export const ping: Handler = () => ({ ok: 1 });

export const buildInfo: Handler = ({ engine }) => ({
  version,
  versionArray: [7, 0, 0, 0],
  gitVersion: engine.mode,
  modules: [],
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
  ok: 1,
});

export const connectionStatus: Handler = () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
  ok: 1,
});

export const hostInfo: Handler = () => ({ system: { currentTime: new Date() }, os: {}, extra: {}, ok: 1 });

export const whatsMyUri: Handler = ({ connection }) => ({ you: `127.0.0.1:${connection.id}`, ok: 1 });

export const getParameter: Handler = () => ({ featureCompatibilityVersion: { version: '7.0' }, ok: 1 });

export const serverStatus: Handler = ({ engine }) => ({
  host: engine.address,
  version,
  process: 'cosmos',
  pid: process.pid,
  uptime: process.uptime(),
  localTime: new Date(),
  mem: { resident: Math.round(process.memoryUsage.rss() / 1024 / 1024) },
  operationTime: new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }),
  ok: 1,
});
