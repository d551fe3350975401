import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  Appointment,
  ClockReading,
  DraftToSend,
  Letter,
  MeetingChat,
  Notice,
  OpenAppointment,
  Organisation,
  TokenAnswer,
  TokenWanted,
} from '../../model.ts';

async function call<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(
    `/workplace/api/${path}`,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

const of = (person: string) => `person=${encodeURIComponent(person)}`;
const one = (person: string, id: string) => `${of(person)}&id=${encodeURIComponent(id)}`;

export const backend = {
  organisation: () => call<Organisation>('organisation'),
  clock: (person: string) => call<ClockReading>(`clock?${of(person)}`),
  moveClock: (person: string, to: string) => call<ClockReading>('clock', { person, to }),
  calendar: (person: string, from: string, to: string) =>
    call<Appointment[]>(`calendar?${of(person)}&from=${from}&to=${to}`),
  appointment: (person: string, id: string) => call<OpenAppointment>(`appointment?${one(person, id)}`),
  respond: (
    person: string,
    id: string,
    answer: { response: string; proposed?: { start: string; end: string }; comment?: string },
  ) => call<object>('respond', { person, id, ...answer }),
  move: (person: string, id: string, start: string, end: string) =>
    call<object>('move', { person, id, start, end }),
  cancel: (person: string, id: string, comment: string) => call<object>('cancel', { person, id, comment }),
  remove: (person: string, id: string) => call<object>('remove', { person, id }),
  saveDraft: (person: string, draft: DraftToSend, id: string | undefined) =>
    call<{ id: string }>('draft', { person, draft, id }),
  discardDraft: (person: string, id: string) => call<object>('draft/discard', { person, id }),
  send: (person: string, draft: DraftToSend, id: string | undefined) =>
    call<{ id: string }>('send', { person, draft, id }),
  enter: (person: string, id: string) => call<{ present: string[] }>('enter', { person, id }),
  addApp: (person: string, chat: string) => call<object>('add-app', { person, chat }),
  readNotice: (person: string, id: string) => call<object>('read-notice', { person, id }),
  chats: (person: string) => call<MeetingChat[]>(`chats?${of(person)}`),
  letters: (person: string) => call<Letter[]>(`letters?${of(person)}`),
  notices: (person: string) => call<Notice[]>(`notices?${of(person)}`),
  findJoin: (person: string, url: string) =>
    call<{ id?: string }>(`join?${of(person)}&url=${encodeURIComponent(url)}`),
  token: (wanted: TokenWanted) => call<TokenAnswer>('token', wanted),
  nestedAppAuth: (person: string, request: unknown) => call<object>('nested-app-auth', { person, request }),
  consent: (person: string) => call<object>('consent', { person }),
  setFaults: (faults: unknown) => call<object>('faults', faults),
  clearFaults: () => call<object>('faults/clear', {}),
  kill: () => call<object>('kill', {}),
  settle: () => call<object>('settle', {}),
};

export type Loaded<T> = { value: T | undefined; error: string | undefined; reload(): void };

/** Reads now and again every two seconds: what the other person does shows by itself. */
export function useLoaded<T>(key: string, read: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; text: string; value?: T; error?: string }>({
    key: '',
    text: '',
  });
  const reader = useRef(read);
  reader.current = read;
  const load = useCallback(async () => {
    try {
      const value = await reader.current();
      const text = JSON.stringify(value);
      setState((before) => (before.key === key && before.text === text ? before : { key, text, value }));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      setState((before) =>
        before.key === key ? { ...before, error: text } : { key, text: '', error: text },
      );
    }
  }, [key]);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), 2_000);
    return () => clearInterval(timer);
  }, [load]);
  return {
    value: state.key === key ? state.value : undefined,
    error: state.key === key ? state.error : undefined,
    reload: () => void load(),
  };
}
