// The app in the meeting's chat, so that the form stands in the meeting itself.
import type { OnlineMeeting } from '@microsoft/microsoft-graph-types';
import type { Actor } from '../../ports.ts';
import { type Graph, type GraphAnswer, mailboxPath } from './client.ts';

/** Undefined: Teams has not made the meeting yet. The id is never parsed from the link (facts/graph.md). */
export async function findThread(
  graph: Graph,
  actor: Actor,
  managerId: string,
  joinUrl: string,
): Promise<GraphAnswer<string | undefined>> {
  const answer = await graph.call<{ value: OnlineMeeting[] }>({
    actor,
    mailbox: `teams/${managerId}`,
    method: 'GET',
    path: `${mailboxPath(actor, managerId)}/onlineMeetings`,
    query: { $filter: `JoinWebUrl eq '${joinUrl.replaceAll("'", "''")}'` },
    scopes: ['OnlineMeetings.Read'],
  });
  if (!answer.ok) return answer.status === 404 ? { ok: true, value: undefined } : answer;
  return { ok: true, value: answer.value.value[0]?.chatInfo?.threadId ?? undefined };
}

/** False while the chat is still coming. Installed twice is installed (409). */
export async function installApp(
  graph: Graph,
  actor: Actor,
  managerId: string,
  threadId: string,
): Promise<GraphAnswer<boolean>> {
  const answer = await graph.call<void>({
    actor,
    mailbox: `teams/${managerId}`,
    method: 'POST',
    path: `/chats/${encodeURIComponent(threadId)}/installedApps`,
    body: {
      'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${graph.config.teamsAppId}`,
    },
    scopes: ['TeamsAppInstallation.ReadWriteSelfForChat'],
  });
  if (answer.ok || answer.status === 409) return { ok: true, value: true };
  return answer.status === 404 ? { ok: true, value: false } : answer;
}
