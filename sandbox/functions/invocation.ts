// One invocation as the worker runs it: arguments, hooks, handler, response. Output bindings are written only when the
// handler has succeeded.
import { randomBytes, randomUUID } from 'node:crypto';
import {
  type FunctionCallback,
  type FunctionMetadata,
  type InvocationResponse,
  type LogEntry,
  type LogLevel,
  registered,
  runHooks,
  type TypedData,
} from './core.ts';
import type { Queues } from './queues.ts';
import { resolveSetting } from './settings.ts';

export type AppFunction = {
  name: string;
  metadata: FunctionMetadata;
  callback: FunctionCallback;
  triggerName: string;
  trigger: FunctionMetadata['bindings'][string];
};

export type Trigger = {
  data: TypedData;
  metadata?: Record<string, TypedData>;
  invocationId?: string;
  retry?: { retryCount: number; maxRetryCount: number };
};

export type Outcome = InvocationResponse & {
  /** The handler returned nothing: with streaming the library then sends no response at all. */
  empty: boolean;
};

export type Invoker = {
  invoke(target: AppFunction, trigger: Trigger): Promise<Outcome>;
  running(): number;
};

export function createInvoker(queues: Queues, appHookData: object): Invoker {
  let running = 0;

  async function invoke(target: AppFunction, trigger: Trigger): Promise<Outcome> {
    running++;
    try {
      const response = await run(target, trigger);
      writeOutputs(target, response);
      return response;
    } finally {
      running--;
    }
  }

  async function run(target: AppFunction, trigger: Trigger): Promise<Outcome> {
    const invocationId = trigger.invocationId ?? randomUUID();
    const { model } = registered;
    if (model === undefined) throw new Error('no programming model was set');
    const coreContext = {
      invocationId,
      metadata: target.metadata,
      state: undefined as string | undefined,
      log: (level: LogLevel, category: string, message: string) =>
        emitLog({ level, category, message, invocationId, functionName: target.name }),
      request: {
        invocationId,
        functionId: target.metadata.functionId,
        inputData: [{ name: target.triggerName, data: trigger.data }],
        triggerMetadata: trigger.metadata ?? {},
        ...(trigger.retry ? { retryContext: trigger.retry } : {}),
        traceContext: {
          traceParent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
          traceState: '',
          attributes: {},
        },
      },
    };
    const invocation = model.getInvocationModel(coreContext);
    const { context, inputs } = await invocation.getArguments();
    const hookData = {};
    const before = {
      hookData,
      appHookData,
      invocationContext: context,
      functionCallback: target.callback,
      inputs,
    };
    coreContext.state = 'preInvocationHooks';
    await runHooks('preInvocation', before);
    const after = {
      hookData,
      appHookData,
      invocationContext: context,
      inputs: before.inputs,
      result: null as unknown,
      error: null as unknown,
    };
    coreContext.state = 'invocation';
    try {
      after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
    } catch (error) {
      after.error = error;
    }
    coreContext.state = 'postInvocationHooks';
    await runHooks('postInvocation', after);
    if (after.error) throw after.error;
    const response = await invocation.getResponse(context, after.result);
    return { ...response, empty: after.result === undefined || after.result === null };
  }

  function writeOutputs(target: AppFunction, response: InvocationResponse): void {
    for (const { name, data } of response.outputData ?? []) write(target, name, data);
    if (response.returnValue && !response.returnValue.http) write(target, '$return', response.returnValue);
  }

  function write(target: AppFunction, name: string, data: TypedData): void {
    const binding = target.metadata.bindings[name];
    if (binding?.direction !== 'out') return;
    if (binding.type.toLowerCase() !== 'queue')
      throw new Error(`this host has no output binding of the type "${binding.type}"`);
    const queue = resolveSetting(binding.queueName ?? '');
    for (const text of messageTexts(data)) queues.put(queue, text);
  }

  return { invoke, running: () => running };
}

/** An array becomes one message for each item. */
function messageTexts(data: TypedData): string[] {
  if (data.string !== undefined) return [data.string];
  if (data.bytes !== undefined) return [Buffer.from(data.bytes).toString()];
  if (data.json === undefined) return [String(data.int ?? data.double)];
  const value: unknown = JSON.parse(data.json);
  if (!Array.isArray(value)) return [data.json];
  return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

/** Log hooks may change or swallow what the app logs. */
function emitLog(entry: LogEntry): void {
  const hooks = registered.hooks.get('log');
  if (hooks === undefined) {
    registered.log(entry);
    return;
  }
  const context = { hookData: {}, level: entry.level, category: entry.category, message: entry.message };
  for (const hook of hooks) hook(context);
  if (context.level !== 'none') registered.log({ ...entry, level: context.level, message: context.message });
}
