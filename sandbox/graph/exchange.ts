// The record of what went over the wire, for tests and for the control interface.
import type { Contract } from './contract.ts';
import type { Permissions } from './permissions.ts';

export type Exchange = {
  /** ISO 8601, by the sandbox's clock. */
  at: string;
  method: string;
  /** Path and query. */
  url: string;
  /** The token is left out. */
  requestHeaders: Record<string, string>;
  requestBody?: unknown;
  /** 0 where a fault cut the connection. */
  status: number;
  responseBody?: unknown;
  /** `POST /me/events`, with the names of Graph's own metadata where these are at hand. */
  operation?: string;
  /** The kind of token and what lets the call through, least first: `delegated Calendars.Read|Calendars.ReadWrite`. */
  permissions?: string;
  /** What does not fit Graph's metadata; always empty where that file is missing. */
  problems: string[];
};

export type ExchangeLog = {
  add(exchange: Omit<Exchange, 'problems'>): void;
  all(): Exchange[];
  clear(): void;
};

export function permissionLine(allow: Permissions, delegated: boolean): string {
  const names = delegated ? allow.delegated : allow.application;
  return `${delegated ? 'delegated' : 'application'} ${names?.join('|') ?? 'not supported'}`;
}

export function createExchangeLog(contract: Contract | undefined): ExchangeLog {
  let exchanges: Exchange[] = [];
  let checked = 0;
  return {
    add(exchange) {
      exchanges.push({ ...exchange, problems: [] });
    },
    all() {
      // Checked when somebody looks, so that answers do not wait for it.
      for (; contract !== undefined && checked < exchanges.length; checked++) {
        const exchange = exchanges[checked];
        if (exchange === undefined) continue;
        const { operation, problems } = contract(exchange);
        exchange.problems = problems;
        if (operation !== undefined) exchange.operation = operation;
      }
      return exchanges;
    },
    clear() {
      exchanges = [];
      checked = 0;
    },
  };
}
