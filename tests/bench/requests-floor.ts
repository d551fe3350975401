// The work of one route of ours on bare node:http: verify the token, read, answer by the same schema. No host, no limit
// of calls, no log: the least that such a service costs with the same libraries.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { type Filter, MongoClient } from 'mongodb';
import type { PrivateDocument } from '../../api/src/documents.ts';
import { contract } from '../../domain/contract.ts';
import type { FloorSettings } from './requests.ts';

const [settings] = (await once(process, 'message')) as [FloorSettings];
const keys = createRemoteJWKSet(new URL(settings.jwksUrl));
const client = await new MongoClient(settings.mongoUri, { maxPoolSize: 50 }).connect();
const database = client.db(settings.mongoDatabase);
const choices = database.collection<PrivateDocument>('private');

const server = createServer(async (request, response) => {
  try {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: settings.issuer,
      audience: settings.audience,
      currentDate: new Date(Date.now() + settings.clockOffset),
    });
    const found = await choices.findOne({
      _id: `choices/${payload.oid}`,
      tenantId: String(payload.tid),
    } as Filter<PrivateDocument>);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(contract.readNoticeChoices.output.parse({ off: found?.off ?? [] })));
  } catch {
    response.writeHead(401).end();
  }
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('SIGTERM', () => process.exit());
