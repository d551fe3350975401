import type { Config } from '../../config.ts';
import type { Notice } from '../../documents.ts';

/** Entity id of the personal tab in the manifest. */
export const personalTab = 'home';

/**
 * A link that opens the personal tab in Teams at a page; the tab reads it as `page.subPageId`, for example
 * `review/<id>`. It needs the app's id in the tenant's catalogue, not the manifest's.
 */
export function deepLink(config: Pick<Config, 'teamsAppId'>, target: Notice['target']): string {
  const context = encodeURIComponent(JSON.stringify({ subEntityId: `${target.page}/${target.id}` }));
  return `https://teams.microsoft.com/l/entity/${config.teamsAppId}/${personalTab}?context=${context}`;
}
