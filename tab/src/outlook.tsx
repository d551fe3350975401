import { lazy } from 'react';
import { DeploymentProvider } from './shell/deployment-context.ts';
import { NavigationProvider } from './shell/navigation.tsx';
import { startInOutlook } from './shell/outlook-host.ts';
import { start } from './shell/start.tsx';

const TaskPane = lazy(() => import('./book/task-pane.tsx').then((m) => ({ default: m.TaskPane })));

void start(startInOutlook, (_host, deployment) => (
  <DeploymentProvider value={deployment}>
    <NavigationProvider start={{ name: 'home' }}>
      <TaskPane />
    </NavigationProvider>
  </DeploymentProvider>
));
