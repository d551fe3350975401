// What the host must know of the contract before any call. The build replaces this module by its value, so that a cold
// start loads no schema.
import { contract } from '@medspill/domain/contract';
import type { Method, Route } from '@medspill/domain/route';

export const routeTable: { name: string; method: Method; path: string }[] = Object.entries(
  contract as Record<string, Route>,
).map(([name, { method, path }]) => ({ name, method, path }));
