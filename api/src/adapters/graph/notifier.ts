// Notices in the activity feed of Teams, sent by the app itself.
import { noticeTexts } from '@medspill/domain/content/texts/notices';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Config } from '../../config.ts';
import type { Notice } from '../../documents.ts';
import type { Actor, Notifier } from '../../ports.ts';
import type { Graph, GraphAnswer } from './client.ts';
import { deepLink } from './deep-link.ts';
import { reminderEvent } from './reminder-event.ts';

const app: Actor = { kind: 'app' };
/** Under the limit of 150 characters of a preview there is room for every text of the catalogue. */
const topicLimit = 128;

export function createNotifier(config: Config, graph: Graph): Notifier {
  const send = (notice: Notice, preview: string): Promise<GraphAnswer<void>> =>
    graph.call<void>({
      actor: app,
      mailbox: `feed/${notice.to}`,
      method: 'POST',
      path: `/users/${notice.to}/teamwork/sendActivityNotification`,
      body: {
        topic: {
          source: 'text',
          value: preview.slice(0, topicLimit),
          webUrl: deepLink(config, notice.target),
        },
        activityType: activityType(notice.kind),
        previewText: { content: preview },
        templateParameters: Object.entries(notice.values).map(([name, value]) => ({ name, value })),
      },
      scopes: [],
    });

  /** Graph refuses a notice to somebody without the app; installing it for them is ours to do. */
  async function install(personId: string): Promise<boolean> {
    const answer = await graph.call<void>({
      actor: app,
      mailbox: `feed/${personId}`,
      method: 'POST',
      path: `/users/${personId}/teamwork/installedApps`,
      body: {
        'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${config.teamsAppId}`,
      },
      scopes: [],
    });
    return answer.ok;
  }

  return {
    async send(notice, language) {
      const preview = noticeTexts[notice.kind][language];
      let answer = await send(notice, preview);
      if (!answer.ok && answer.status === 403 && (await install(notice.to))) {
        answer = await send(notice, preview);
      }
      return outcomeOf(answer, notice);
    },

    async remindInOutlook(notice, reader, at) {
      const answer = await graph.call<Event>({
        actor: app,
        mailbox: reader.id,
        method: 'POST',
        path: `/users/${reader.id}/events`,
        body: reminderEvent(config, notice, reader, at),
        scopes: [],
      });
      return outcomeOf(answer, notice);
    },
  };
}

function outcomeOf(answer: GraphAnswer<unknown>, { kind }: Notice): 'sent' | 'gone' | 'later' {
  if (answer.ok) return 'sent';
  if (answer.status === 403 || answer.status === 404) return 'gone';
  // Refused for sure: it may be sent later. Unanswered: it may have gone out, and a notice goes at most once.
  if (answer.status === 429 || answer.status === 401 || answer.status === 503) return 'later';
  if (answer.status === 0 || answer.status >= 500) return 'sent';
  throw new Error(`Graph answered ${answer.status} ${answer.code} to a notice of type ${kind}`);
}

/** As the manifest declares it: `confirmPair`. */
export function activityType(kind: Notice['kind']): string {
  return kind.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
