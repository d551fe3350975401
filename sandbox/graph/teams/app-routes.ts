import { GraphError } from '../graph-error.ts';
import { asJson, type Json } from '../json.ts';
import { page } from '../odata/query.ts';
import { catalogueRead, personalAppsRead, personalAppsWrite } from '../permissions.ts';
import type { Call, Reply, Route } from '../route.ts';
import { appJson, boundApp, definitionJson, refuseForeignApp } from './catalogue.ts';
import { listInstalls } from './installations.ts';
import { installPersonally } from './personal-apps.ts';

function notFound(message: string): GraphError {
  return new GraphError(404, 'NotFound', message);
}

function list(call: Call, values: Json[]): Reply {
  return {
    status: 200,
    body: page(values, { address: call.address, query: call.query, defaultTop: 100, maxTop: 999 }),
  };
}

const teams = { service: 'teams' as const };

export const appRoutes: Route[] = [
  {
    ...teams,
    method: 'GET',
    path: '/appCatalogs/teamsApps',
    allow: catalogueRead,
    handle(call) {
      const expand = /\bappDefinitions\b/.test(call.query.get('$expand') ?? '');
      return list(
        call,
        call.world.catalogue.map((found) => ({
          ...appJson(found),
          ...(expand ? { appDefinitions: [definitionJson(found)] } : {}),
        })),
      );
    },
  },
  {
    ...teams,
    method: 'GET',
    path: '~/teamwork/installedApps',
    allow: personalAppsRead,
    ownOnly: true,
    handle: (call) => listInstalls(call, call.world.personalInstalls.ownedBy(call.owner.id)),
  },
  {
    ...teams,
    method: 'POST',
    path: '~/teamwork/installedApps',
    allow: personalAppsWrite,
    ownOnly: true,
    handle(call) {
      const body = asJson(call.body, 'userScopeTeamsAppInstallation');
      const found = boundApp(call.world, body);
      refuseForeignApp(found, call.caller.appId, body.consentedPermissionSet);
      const install = installPersonally(call.world, call.owner, found.id);
      return {
        status: 201,
        headers: { location: `/users/${call.owner.id}/teamwork/installedApps/${install.id}` },
      };
    },
  },
  {
    ...teams,
    method: 'DELETE',
    path: '~/teamwork/installedApps/{install}',
    allow: personalAppsWrite,
    ownOnly: true,
    handle(call) {
      const install = call.world.personalInstalls.get(call.params.install ?? '');
      if (install === undefined || install.personId !== call.owner.id)
        throw notFound('The installation is not found.');
      call.world.personalInstalls.remove(install.id);
      return { status: 204 };
    },
  },
];
