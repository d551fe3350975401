// Beside a meeting and in its chat. What the first screen shows comes with it; the rest when it is asked for.
import { DeploymentProvider } from './shell/deployment-context.ts';
import { MeetingPage } from './shell/meeting-page.tsx';
import { NavigationProvider } from './shell/navigation.tsx';
import { pageOf } from './shell/pages.ts';
import { start } from './shell/start.tsx';
import { startInTeams } from './shell/teams-host.ts';
// The review's page asks for it by a promise; naming it here lets the browser fetch it with the rest.
import './run/run-page.tsx';

void start(startInTeams, ({ chatId, subPageId }, deployment) => (
  <DeploymentProvider value={deployment}>
    <NavigationProvider start={subPageId === undefined ? { name: 'home' } : pageOf(subPageId)}>
      <MeetingPage chatId={chatId} />
    </NavigationProvider>
  </DeploymentProvider>
));
