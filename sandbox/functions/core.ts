// The module "@azure/functions-core" that Azure's Node worker gives the library by patching `require`. What the app
// registers through it lands in `registered`; the library's state is per process, so there is one of these as well.
import Module from 'node:module';

export type Binding = {
  type: string;
  direction: 'in' | 'out';
  name?: string;
  route?: string;
  methods?: string[];
  authLevel?: string;
  schedule?: string;
  runOnStartup?: boolean;
  useMonitor?: boolean;
  queueName?: string;
  connection?: string;
};

export type Duration = { seconds?: number | string; nanos?: number | string };

export type RetryOptions = {
  maxRetryCount: number;
  retryStrategy?: 'fixedDelay' | 'exponentialBackoff' | number;
  delayInterval?: Duration | null;
  minimumInterval?: Duration | null;
  maximumInterval?: Duration | null;
};

export type FunctionMetadata = {
  name: string;
  functionId?: string;
  bindings: Record<string, Binding>;
  retryOptions?: RetryOptions;
};

export type TypedData = {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  int?: number;
  double?: number;
  http?: object;
};

export type InvocationContext = object;
export type InvocationResponse = {
  outputData?: { name: string; data: TypedData }[];
  returnValue?: TypedData | null;
};

export type InvocationModel = {
  getArguments(): Promise<{ context: InvocationContext; inputs: unknown[] }>;
  invokeFunction(context: InvocationContext, inputs: unknown[], handler: FunctionCallback): Promise<unknown>;
  getResponse(context: InvocationContext, result: unknown): Promise<InvocationResponse>;
};

type ProgrammingModel = {
  name: string;
  getInvocationModel(context: object): InvocationModel;
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
};

export type FunctionCallback = (...inputs: unknown[]) => unknown;
export type HookCallback = (context: object) => unknown;
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

export type LogEntry = {
  level: LogLevel;
  /** user: the app's own log; system: the library; host: this host; stdout and stderr: the process. */
  category: string;
  message: string;
  functionName?: string;
  invocationId?: string;
};

export type Registered = {
  functions: Map<string, { metadata: FunctionMetadata; callback: FunctionCallback }>;
  hooks: Map<string, Set<HookCallback>>;
  model?: ProgrammingModel;
  /** Set when the app has started: what comes later never becomes a function. */
  locked: boolean;
  log(entry: LogEntry): void;
};

export const registered: Registered = {
  functions: new Map(),
  hooks: new Map(),
  locked: false,
  log() {},
};

class Disposable {
  readonly #release: () => void;
  constructor(release: () => void) {
    this.#release = release;
  }
  static from(...parts: { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }
  dispose(): void {
    this.#release();
  }
}

const core = {
  version: '3.14.0',
  hostVersion: '4.1052.0',
  Disposable,
  registerHook(name: string, callback: HookCallback) {
    const callbacks = registered.hooks.get(name) ?? new Set();
    registered.hooks.set(name, callbacks.add(callback));
    return new Disposable(() => callbacks.delete(callback));
  },
  setProgrammingModel(model: ProgrammingModel) {
    registered.model = model;
  },
  getProgrammingModel: () => registered.model,
  log(level: LogLevel, category: string, message: string) {
    registered.log({ level, category, message });
  },
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback) {
    const id = metadata.functionId ?? metadata.name;
    if (registered.locked) throw new Error('A function can only be registered during app startup.');
    if (registered.functions.has(id))
      throw new Error(`A function with id "${id}" has already been registered.`);
    registered.functions.set(id, { metadata: { ...metadata, functionId: id }, callback });
    return new Disposable(() => registered.functions.delete(id));
  },
};

/** Puts the module in place; nothing of the library may have been loaded before. */
export function provideCore(): void {
  const original = Module.prototype.require;
  Module.prototype.require = Object.assign(function (this: NodeJS.Module, id: string): unknown {
    return id === '@azure/functions-core' ? core : Reflect.apply(original, this, [id]);
  }, original);
}

export async function runHooks(name: string, context: object): Promise<void> {
  for (const callback of registered.hooks.get(name) ?? []) await callback(context);
}
