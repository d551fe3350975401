// Office.js for the task pane: the object is made by office-addin-mock, its data and its effects are the page's around
// it. Only what Outlook gives a composed appointment is here; the rest is undefined, as in a client that lacks it.
import { OfficeMockObject } from 'office-addin-mock';
import type {
  OfficeCall,
  OfficeEvent,
  OfficeHello,
  OfficeItem,
  OfficeRecurrence,
  OfficeReply,
} from '../office-messages.ts';

type Result = { status: string; value?: unknown; error?: object; asyncContext?: unknown };
type Callback = (result: Result) => void;
type Options = { asyncContext?: unknown; coercionType?: string; discardItem?: boolean };

// The sandbox writes the page's origin into the script's address when it serves outlook.html.
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';
const hostOrigin = new URL(script).searchParams.get('host') ?? window.location.origin;

let calls = 0;
const waiting = new Map<number, { resolve(value: unknown): void; reject(error: object): void }>();
const handlers = new Map<string, Set<(event: unknown) => void>>();

function ask<T>(name: string, ...args: unknown[]): Promise<T> {
  const call: OfficeCall = { officeCall: ++calls, name, args };
  return new Promise((resolve, reject) => {
    waiting.set(call.officeCall, { resolve: resolve as (value: unknown) => void, reject });
    window.parent.postMessage(call, hostOrigin);
  });
}

window.addEventListener('message', ({ data, origin, source }: MessageEvent<OfficeReply | OfficeEvent>) => {
  if (origin !== hostOrigin || source !== window.parent || typeof data !== 'object' || data === null) return;
  if ('officeReply' in data) {
    const call = waiting.get(data.officeReply);
    waiting.delete(data.officeReply);
    if (data.error === undefined) call?.resolve(data.value);
    else call?.reject(data.error);
  } else if ('officeEvent' in data) {
    for (const handler of handlers.get(data.officeEvent) ?? []) {
      handler({ type: data.officeEvent, ...(data.args as object) });
    }
  }
});

/** Office.js functions take `(…values, options?, callback?)` and answer by calling back. */
function asynchronous(count: number, work: (values: unknown[], options: Options) => Promise<unknown>) {
  return (...args: unknown[]): void => {
    const callback = args.find((arg): arg is Callback => typeof arg === 'function');
    const options = args.slice(count).find((arg) => typeof arg === 'object' && arg !== null) as
      | Options
      | undefined;
    const context = options?.asyncContext === undefined ? {} : { asyncContext: options.asyncContext };
    work(args.slice(0, count), options ?? {}).then(
      (value) => callback?.({ status: 'succeeded', value, ...context }),
      (error: object) =>
        callback?.({ status: 'failed', error: { name: 'InternalError', ...error }, ...context }),
    );
  };
}

const item = () => ask<OfficeItem>('item');
const set = (change: Partial<OfficeItem>) => ask<void>('item.set', change);

function field<K extends keyof OfficeItem>(name: K) {
  return {
    getAsync: asynchronous(0, async () => (await item())[name]),
    setAsync: asynchronous(1, ([value]) => set({ [name]: value } as Partial<OfficeItem>)),
  };
}

function time(name: 'start' | 'end') {
  return {
    getAsync: asynchronous(0, async () => new Date((await item())[name])),
    setAsync: asynchronous(1, ([value]) => set({ [name]: new Date(value as Date).toISOString() })),
  };
}

function recipients(name: 'requiredAttendees' | 'optionalAttendees') {
  const parse = (values: unknown) =>
    (values as (string | { displayName?: string; emailAddress: string })[]).map((value) =>
      typeof value === 'string'
        ? { displayName: value, emailAddress: value }
        : { displayName: value.displayName ?? value.emailAddress, emailAddress: value.emailAddress },
    );
  return {
    getAsync: asynchronous(0, async () =>
      (await item())[name].map((person) => ({ ...person, recipientType: 'user' })),
    ),
    setAsync: asynchronous(1, ([values]) => set({ [name]: parse(values) })),
    addAsync: asynchronous(1, async ([values]) =>
      set({ [name]: [...(await item())[name], ...parse(values)] }),
    ),
  };
}

function seriesOf(recurrence: OfficeRecurrence | null): object | null {
  if (recurrence === null) return null;
  const { series, ...rest } = recurrence;
  const endTime = () => {
    const [hours = 0, minutes = 0] = series.startTime.split(':').map(Number);
    const end = hours * 60 + minutes + series.minutes;
    return `T${String(Math.floor(end / 60) % 24).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}:00.000`;
  };
  return {
    ...rest,
    seriesTime: {
      getStartDate: () => series.startDate,
      getEndDate: () => series.endDate ?? null,
      getStartTime: () => `T${series.startTime}:00.000`,
      getEndTime: endTime,
      getDuration: () => series.minutes,
    },
  };
}

function textOf(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';
}

const body = {
  getTypeAsync: asynchronous(0, async () => 'html'),
  getAsync: asynchronous(1, async ([type]) => {
    const html = (await item()).body;
    return type === 'text' ? textOf(html) : html;
  }),
  setAsync: asynchronous(1, ([html]) => set({ body: String(html) })),
  prependAsync: asynchronous(1, async ([html]) => set({ body: String(html) + (await item()).body })),
  setSelectedDataAsync: asynchronous(1, async ([html]) => set({ body: (await item()).body + String(html) })),
};

const addHandler = (type: unknown, handler: unknown) => {
  const key = String(type);
  const known = handlers.get(key) ?? new Set();
  known.add(handler as (event: unknown) => void);
  handlers.set(key, known);
};
const addHandlerAsync = asynchronous(2, async ([type, handler]) => addHandler(type, handler));
const removeHandlerAsync = asynchronous(1, async ([type]) => {
  handlers.delete(String(type));
});

function mailboxItem(hello: OfficeHello): Record<string, unknown> {
  const { itemId, seriesId } = hello.item;
  return {
    itemType: 'appointment',
    ...(seriesId === undefined ? {} : { seriesId }),
    subject: field('subject'),
    start: time('start'),
    end: time('end'),
    requiredAttendees: recipients('requiredAttendees'),
    optionalAttendees: recipients('optionalAttendees'),
    organizer: { getAsync: asynchronous(0, async () => (await item()).organizer) },
    location: field('location'),
    recurrence: {
      getAsync: asynchronous(0, async () => seriesOf((await item()).recurrence)),
      setAsync: asynchronous(1, async () => {
        if (seriesId !== undefined) {
          throw { code: 9_000, message: 'The recurrence of one occurrence cannot be set.' };
        }
        throw { code: 9_001, message: 'The recurrence is set on the appointment.' };
      }),
    },
    body,
    getItemIdAsync: asynchronous(0, async () => {
      const id = (await item()).itemId;
      if (id !== undefined) return id;
      throw { code: 9_017, message: "The item ID can't be retrieved until the item is saved." };
    }),
    ...(itemId === undefined ? {} : { itemId }),
    saveAsync: asynchronous(0, () => ask('item.save')),
    sendAsync: asynchronous(0, () => ask('item.send')),
    close: () => void ask('item.close', false),
    closeAsync: asynchronous(0, (_values, options) => ask('item.close', options.discardItem === true)),
    addHandlerAsync,
    removeHandlerAsync,
    // The function is there only in a shared folder or mailbox, as in Outlook.
    ...(hello.sharedOwner === undefined
      ? {}
      : {
          getSharedPropertiesAsync: asynchronous(0, async () => ({
            owner: hello.sharedOwner,
            delegatePermissions: 31,
            targetMailbox: hello.sharedOwner,
            targetRestUrl: 'https://outlook.office.com/api',
          })),
        }),
    notificationMessages: {
      addAsync: asynchronous(2, ([, details]) => ask('notify', details)),
      replaceAsync: asynchronous(2, ([, details]) => ask('notify', details)),
      removeAsync: asynchronous(1, async () => undefined),
    },
  };
}

function themeOf(theme: OfficeHello['theme']): Record<string, unknown> {
  return {
    bodyBackgroundColor: theme.background,
    bodyForegroundColor: theme.foreground,
    controlBackgroundColor: theme.background,
    controlForegroundColor: theme.foreground,
    isDarkTheme: theme.dark,
  };
}

function contextOf(hello: OfficeHello): Record<string, unknown> {
  return {
    host: 'Outlook',
    platform: 'OfficeOnline',
    displayLanguage: hello.language,
    contentLanguage: hello.language,
    diagnostics: { host: 'Outlook', platform: 'OfficeOnline', version: '16.0.18000.10000' },
    requirements: {
      isSetSupported: (name: string, version = '1.1') =>
        (name === 'Mailbox' && Number(String(version).split('.')[1]) <= 15) ||
        name === 'NestedAppAuth' ||
        name === 'OpenBrowserWindowApi',
    },
    officeTheme: themeOf(hello.theme),
    ui: {
      openBrowserWindow: (url: string) => void ask('open', url),
      closeContainer: () => void ask('pane.close'),
    },
    mailbox: {
      userProfile: { accountType: 'office365', ...hello.user },
      diagnostics: { hostName: 'OutlookWebApp', hostVersion: '16.0.18000.10000' },
      // Graph's ids are the same bytes in a URL-safe alphabet.
      convertToRestId: (id: string) => id.replaceAll('/', '-').replaceAll('+', '_'),
      convertToEwsId: (id: string) => id.replaceAll('-', '/').replaceAll('_', '+'),
      addHandlerAsync,
      removeHandlerAsync,
      item: mailboxItem(hello),
    },
  };
}

const members = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name.charAt(0).toUpperCase() + name.slice(1), name]));

const hello = ask<OfficeHello>('hello');
const info = { host: 'Outlook', platform: 'OfficeOnline' };

async function onReady(callback?: (given: typeof info) => unknown): Promise<typeof info> {
  const given = await hello;
  if (office.context === undefined) {
    // The mock learns from `host` that properties need no loading; Outlook's own name for itself differs.
    office.context = new OfficeMockObject({ ...contextOf(given), host: 'outlook' });
    office.context.host = 'Outlook';
  }
  await callback?.(info);
  return info;
}

const office = new OfficeMockObject({
  host: 'outlook',
  onReady,
  AsyncResultStatus: members('succeeded', 'failed'),
  CoercionType: members('text', 'html'),
  HostType: { Outlook: 'Outlook' },
  PlatformType: { OfficeOnline: 'OfficeOnline', PC: 'PC', Mac: 'Mac' },
  EventType: {
    ItemChanged: 'olkItemSelectedChanged',
    RecipientsChanged: 'olkRecipientsChanged',
    AppointmentTimeChanged: 'olkAppointmentTimeChanged',
    RecurrenceChanged: 'olkRecurrenceChanged',
    OfficeThemeChanged: 'officeThemeChanged',
  },
  MailboxEnums: {
    BodyType: members('text', 'html'),
    ItemType: members('appointment', 'message'),
    RecurrenceType: members('daily', 'weekday', 'weekly', 'monthly', 'yearly'),
    ItemNotificationMessageType: members(
      'progressIndicator',
      'informationalMessage',
      'errorMessage',
      'insightMessage',
    ),
    RestVersion: { v1_0: 'v1.0', v2_0: 'v2.0', Beta: 'beta' },
    WeekNumber: members('first', 'second', 'third', 'fourth', 'last'),
  },
  actions: { associate: () => undefined },
});

// The pane's own handlers come after, so that they read the new theme.
addHandler('officeThemeChanged', (event: { officeTheme: OfficeHello['theme'] }) =>
  Object.assign(office.context?.officeTheme ?? {}, themeOf(event.officeTheme)),
);

type Bridge = {
  addEventListener(type: string, listener: (response: string) => void): void;
  removeEventListener(type: string, listener: (response: string) => void): void;
  postMessage(message: string): void;
};

/** Through which msal-browser asks Outlook for tokens. */
function nestedAppAuthBridge(): Bridge {
  const listeners = new Set<(response: string) => void>();
  return {
    addEventListener: (_type, listener) => listeners.add(listener),
    removeEventListener: (_type, listener) => listeners.delete(listener),
    postMessage(message) {
      void ask<object>('nestedAppAuth', JSON.parse(message)).then((response) => {
        for (const listener of listeners) listener(JSON.stringify(response));
      });
    },
  };
}

// The browser would take a Teams link to Teams; here Teams is the page around.
window.open = (url) => {
  if (url !== undefined) void ask('open', String(url));
  return null;
};

Object.assign(window, { Office: office, nestedAppAuthBridge: nestedAppAuthBridge() });
void onReady();
