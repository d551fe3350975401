import { DeploymentProvider } from './shell/deployment-context.ts';
import { start } from './shell/start.tsx';
import { startInTeams } from './shell/teams-host.ts';
import { TeamsScreen } from './shell/teams-screen.tsx';

void start(startInTeams, (_host, deployment) => (
  <DeploymentProvider value={deployment}>
    <TeamsScreen />
  </DeploymentProvider>
));
