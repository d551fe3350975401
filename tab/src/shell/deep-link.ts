import type { Deployment } from './deployment.ts';
import { addressOf, type Page } from './pages.ts';

/** Entity id of the personal tab in the app package. */
const personalTab = 'home';

/** Opens the personal tab in Teams at a page; the host gives the page back as `subPageId`. */
export function teamsLink({ teamsAppId }: Pick<Deployment, 'teamsAppId'>, page: Page): string {
  const context = encodeURIComponent(JSON.stringify({ subEntityId: addressOf(page) }));
  return `https://teams.microsoft.com/l/entity/${encodeURIComponent(teamsAppId)}/${personalTab}?context=${context}`;
}
