// Links that Teams understands: to a page of an app, and to a meeting.

export type DeepLink =
  | { kind: 'app'; appId: string; entityId: string; subPageId: string; chatId: string }
  | { kind: 'meeting'; url: string }
  | { kind: 'web'; url: string };

export function readLink(link: string): DeepLink | undefined {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.hostname !== 'teams.microsoft.com') return { kind: 'web', url: link };
  if (url.pathname.startsWith('/l/meetup-join/') || url.pathname.startsWith('/meet/')) {
    return { kind: 'meeting', url: link };
  }
  const [, appId, entityId] = /^\/l\/entity\/([^/]+)\/([^/]+)/.exec(url.pathname) ?? [];
  if (appId === undefined || entityId === undefined) return { kind: 'web', url: link };
  const context = readContext(url.searchParams.get('context'));
  return {
    kind: 'app',
    appId,
    entityId: decodeURIComponent(entityId),
    subPageId: context.subEntityId ?? context.subPageId ?? '',
    chatId: context.chatId ?? '',
  };
}

function readContext(text: string | null): Record<string, string | undefined> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
  } catch {
    return {};
  }
}
