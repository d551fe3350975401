import { createContext, use } from 'react';
import type { Deployment } from './deployment.ts';

const DeploymentContext = createContext<Deployment | undefined>(undefined);
export const DeploymentProvider = DeploymentContext.Provider;

export function useDeployment(): Deployment {
  const deployment = use(DeploymentContext);
  if (deployment === undefined) throw new Error('useDeployment outside DeploymentProvider');
  return deployment;
}
