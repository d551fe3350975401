// All that the page shows stands in its address: two windows are two people, and a reload changes nothing.
import { useSyncExternalStore } from 'react';

export type View = 'calendar' | 'mail' | 'activity' | 'teams' | 'meeting';
export type ThemeName = 'light' | 'dark' | 'contrast';

export type Place = {
  person: string;
  view: View;
  lang: 'nb' | 'en';
  theme: ThemeName;
  /** `cross`: the tab in a frame of another origin, as in Teams. */
  frame: 'cross' | 'same';
  range: 'week' | 'month';
  /** Any date of the shown week or month; empty for today. */
  date: string;
  /** The open appointment, or `new`. */
  item: string;
  /** The open meeting chat, or the meeting that one is in. */
  chat: string;
  /** Where in the tab a deep link goes. */
  sub: string;
};

const start: Place = {
  person: '',
  view: 'calendar',
  lang: 'nb',
  theme: 'light',
  frame: 'cross',
  range: 'week',
  date: '',
  item: '',
  chat: '',
  sub: '',
};

const closed: { [K in keyof Place]?: readonly string[] } = {
  view: ['calendar', 'mail', 'activity', 'teams', 'meeting'],
  lang: ['nb', 'en'],
  theme: ['light', 'dark', 'contrast'],
  frame: ['cross', 'same'],
  range: ['week', 'month'],
};

const listeners = new Set<() => void>();
let current = read();

function read(): Place {
  const query = new URLSearchParams(window.location.search);
  const given: Record<string, string> = { ...start };
  for (const key of Object.keys(start) as (keyof Place)[]) {
    const value = query.get(key);
    if (value !== null && (closed[key]?.includes(value) ?? true)) given[key] = value;
  }
  return given as Place;
}

function addressOf(place: Place): string {
  const query = new URLSearchParams();
  for (const key of Object.keys(start) as (keyof Place)[]) {
    if (place[key] !== start[key]) query.set(key, place[key]);
  }
  const text = query.toString();
  return text === '' ? '/' : `/?${text}`;
}

function changed(): void {
  current = read();
  for (const listener of listeners) listener();
}

window.addEventListener('popstate', changed);

export function go(change: Partial<Place>): void {
  window.history.pushState(null, '', addressOf({ ...current, ...change }));
  changed();
}

/** The address of another window at a changed place. */
export function addressWith(change: Partial<Place>): string {
  return addressOf({ ...current, ...change });
}

export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
