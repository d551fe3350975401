// The host side of @microsoft/teams-js 2.58 over postMessage, for the unmodified library (wire facts: a request is
// `{id, uuidAsString, func, args}`, its reply repeats both ids, a host event is `{func, args}`).

export type FrameContext = 'content' | 'sidePanel';
export type TeamsTheme = 'default' | 'dark' | 'contrast';

export type HostContext = {
  frameContext: FrameContext;
  entityId: string;
  subEntityId?: string;
  locale: string;
  theme: TeamsTheme;
  userObjectId: string;
  userPrincipalName: string;
  userDisplayName: string;
  tid: string;
  appId: string;
  chatId?: string;
  meetingId?: string;
};

export type HostServices = {
  context(): HostContext;
  /** Single sign-on. `claims` is a challenge that the person answers first unless `silent`. */
  token(claims: string | undefined, silent: boolean): Promise<[true, string] | [false, string]>;
  /** The pop-up that the app opens for consent. */
  authenticate(): Promise<[true, string] | [false, string]>;
  nestedAppAuth(request: unknown): Promise<object>;
  /** Whether the link leads somewhere. */
  open(link: string): boolean;
  navigate(pageId: string, subPageId: string | undefined): boolean;
  loaded(): void;
  failed(reason: string): void;
};

type Request = { id: number; uuidAsString?: string; func: string; args?: unknown[]; data?: string };

/** What this host answers; an app asks `isSupported()` before it uses anything else. */
const runtime = JSON.stringify({
  apiVersion: 4,
  isLegacyTeams: false,
  isNAAChannelRecommended: true,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  supports: {
    app: { notifySuccessResponse: {} },
    nestedAppAuth: {},
    pages: { appButton: {}, currentApp: {}, tabs: {} },
    teamsCore: {},
  },
});

function isRequest(data: unknown): data is Request {
  return typeof data === 'object' && data !== null && 'func' in data && typeof data.func === 'string';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function deepLinkOf(value: unknown): { pageId: string; subPageId: string | undefined } {
  const given = (typeof value === 'string' ? JSON.parse(value) : value) as
    | Record<string, unknown>
    | undefined;
  return { pageId: text(given?.pageId) ?? '', subPageId: text(given?.subPageId) };
}

/** Undefined: nobody waits for an answer. */
async function answer(request: Request, host: HostServices): Promise<unknown[] | undefined> {
  const [first, second, third] = request.args ?? [];
  switch (request.func) {
    case 'initialize':
      return [host.context().frameContext, 'web', runtime, runtime];
    case 'getContext': {
      const context = host.context();
      return [
        {
          ...context,
          loginHint: context.userPrincipalName,
          hostName: 'Teams',
          hostClientType: 'web',
          sessionId: 'sandbox',
          appSessionId: 'sandbox',
          userLicenseType: 'Business',
          isFullScreen: false,
          ringId: 'general',
        },
      ];
    }
    case 'authentication.getAuthToken':
      // One challenge, alone or in a list.
      return host.token(text(Array.isArray(second) ? second[0] : second), third === true);
    case 'authentication.authenticate':
      return host.authenticate();
    case 'executeDeepLink': {
      const found = host.open(String(first));
      return found ? [true] : [false, 'The link leads nowhere here.'];
    }
    case 'pages.navigateToApp': {
      const link = deepLinkOf(first);
      return [host.navigate(link.pageId, link.subPageId)];
    }
    case 'pages.currentApp.navigateTo': {
      const link = deepLinkOf(first);
      return [host.navigate(link.pageId, link.subPageId)];
    }
    case 'pages.currentApp.navigateToDefaultPage':
      return [host.navigate('', undefined)];
    case 'appInitialization.appLoaded':
      return undefined;
    case 'appInitialization.success':
      host.loaded();
      return [undefined];
    case 'appInitialization.failure':
      host.failed(text(second) ?? text(first) ?? '');
      return undefined;
    default:
      return undefined;
  }
}

/** Answers one frame until it is told to stop. The frame is known by its window and its origin, both. */
export function serveTeamsFrame(frame: HTMLIFrameElement, origin: string, host: HostServices) {
  // Before its first call the frame is an empty page of another origin.
  let connected = false;
  async function receive(event: MessageEvent): Promise<void> {
    if (event.source !== frame.contentWindow || event.origin !== origin || !isRequest(event.data)) return;
    connected = true;
    const request = event.data;
    const post = (message: object) => frame.contentWindow?.postMessage(message, origin);
    if (request.func === 'nestedAppAuth.execute') {
      const response = await host.nestedAppAuth(JSON.parse(request.data ?? '{}'));
      post({ args: [null, JSON.stringify(response)] });
      return;
    }
    const args = await answer(request, host);
    if (args !== undefined) post({ id: request.id, uuidAsString: request.uuidAsString, args });
  }
  const listener = (event: MessageEvent) => void receive(event);
  window.addEventListener('message', listener);
  return {
    changeTheme(theme: TeamsTheme): void {
      if (connected) frame.contentWindow?.postMessage({ func: 'themeChange', args: [theme] }, origin);
    },
    stop: () => window.removeEventListener('message', listener),
  };
}
