/** What differs from one deployment to the next; the host of these pages serves it beside them. */
export type Deployment = {
  clientId: string;
  tenantId: string;
  /** The app's id in the organisation's catalogue, for deep links. */
  teamsAppId: string;
  /** Origins besides Microsoft's own whose pages may embed this one. */
  validOrigins: string[];
};

export async function readDeployment(): Promise<Deployment> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as Deployment;
}
