// Declares every function. Nothing heavy is loaded here: the app behind the handlers is made at the first call.
import { app as functions, output } from '@azure/functions';
import type { RouteName } from '@medspill/domain/contract';
import { routeTable } from './route-table.ts';

functions.setup({ enableHttpStream: true });

let running: Promise<typeof import('./running.ts')> | undefined;
const loaded = () => {
  running ??= import('./running.ts');
  return running;
};

for (const { name, method, path } of routeTable) {
  functions.http(name, {
    methods: [method],
    authLevel: 'anonymous',
    route: path,
    handler: async (request, context) => (await loaded()).handleHttp(name as RouteName, request, context),
  });
}

functions.http('openapi', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'openapi.json',
  handler: async () => (await import('./http/openapi.ts')).openapi(),
});

const notices = output.storageQueue({ queueName: 'notices', connection: 'AzureWebJobsStorage' });

functions.timer('sweep', {
  schedule: '0 * * * * *',
  extraOutputs: [notices],
  handler: async (_timer, context) => {
    const messages = await (await loaded()).runSweep(context);
    context.extraOutputs.set(notices, messages);
  },
});

functions.timer('daily', {
  // 03:10 UTC: after midnight in Norway all year, before anybody is at work.
  schedule: '0 10 3 * * *',
  handler: async (_timer, context) => (await loaded()).runDaily(context),
});

functions.storageQueue('sendNotice', {
  queueName: 'notices',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => (await loaded()).runSendNotice(message, context),
});

functions.hook.appTerminate(async () => {
  await (await running)?.flush();
});
