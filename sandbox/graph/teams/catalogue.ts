// The organisation's app catalogue. An app's id here is not the id in its manifest.
import { clientId, teamsAppId, teamsManifestId } from '../../people.ts';
import { GraphError } from '../graph-error.ts';
import { type Json, optionalText } from '../json.ts';
import type { Call } from '../route.ts';
import type { World } from '../world.ts';

export type ActivityType = { type: string; templateText?: string };

export type CatalogueApp = {
  id: string;
  /** The manifest's id. */
  externalId: string;
  displayName: string;
  version: string;
  /** `webApplicationInfo.id`: which app registration is "self". */
  clientId: string;
  /** Resource-specific consent that the manifest asks for. */
  rsc: { name: string; type: 'delegated' | 'application' }[];
  /** A static tab of the groupChat scope: pinned in a chat by installing the app. */
  staticChatTab: boolean;
  activityTypes: ActivityType[];
};

export function standardCatalogue(activityTypes: ActivityType[]): CatalogueApp[] {
  const medspill: CatalogueApp = {
    id: teamsAppId,
    externalId: teamsManifestId,
    displayName: 'Medspill',
    version: '1.0.0',
    clientId,
    rsc: [],
    staticChatTab: true,
    activityTypes,
  };
  return [
    medspill,
    {
      ...medspill,
      id: '6a1d0f52-93c7-4e0b-8f46-0c5b7e2d9a05',
      externalId: 'd7e6f5a4-b3c2-4d1e-9f80-a1b2c3d4e506',
      displayName: 'Medspill med møtescene',
      rsc: [{ name: 'MeetingStage.Write.Chat', type: 'delegated' }],
      activityTypes: [],
    },
    {
      id: '0d820ecd-def2-4297-adad-78056cde7c78',
      externalId: '57e078b5-6c0e-44a1-a83f-45f75b030d4a',
      displayName: 'Planlegger',
      version: '2.4.1',
      clientId: '09abbdfd-ed23-44ee-a2d9-a627aa1c90f3',
      rsc: [],
      staticChatTab: false,
      activityTypes: [],
    },
  ];
}

/** The app of a `teamsApp@odata.bind`, by its catalogue id only. */
export function boundApp(world: World, body: Json): CatalogueApp {
  const bind = optionalText(body, 'teamsApp@odata.bind');
  const id = bind?.match(/appCatalogs\/teamsApps(?:\/|\(')([^/')]+)/i)?.[1];
  if (id === undefined) {
    throw new GraphError(400, 'BadRequest', "Missing required property 'teamsApp@odata.bind'.");
  }
  const app = world.catalogue.find((candidate) => candidate.id === id.toLowerCase());
  if (app === undefined) {
    throw new GraphError(404, 'NotFound', `The app '${id}' is not in the organization's app catalog.`);
  }
  return app;
}

/** "Self" permissions reach the caller's own app, and no app that asks for resource-specific consent. */
export function refuseForeignApp(app: CatalogueApp, callerApp: string, consented: unknown): void {
  if (app.clientId !== callerApp) {
    throw new GraphError(
      403,
      'Forbidden',
      'The calling app is not allowed to install another app with a ReadWriteSelf permission.',
    );
  }
  if (app.rsc.length > 0) {
    throw new GraphError(
      403,
      'Forbidden',
      consented === undefined
        ? 'The app requires resource-specific permissions. Provide consentedPermissionSet and use a ReadWriteAndConsent permission.'
        : 'Missing scope permissions on the request. Consenting to resource-specific permissions needs a ReadWriteAndConsent permission.',
    );
  }
}

export function appJson(app: CatalogueApp): Json {
  return {
    id: app.id,
    externalId: app.externalId,
    displayName: app.displayName,
    distributionMethod: 'organization',
  };
}

export function definitionJson(app: CatalogueApp): Json {
  return {
    id: Buffer.from(`1##${app.id}##${app.version}##Published`).toString('base64url'),
    teamsAppId: app.id,
    displayName: app.displayName,
    version: app.version,
    publishingState: 'published',
    shortDescription: app.displayName,
    description: app.displayName,
    lastModifiedDateTime: null,
    createdBy: null,
    authorization: {
      requiredPermissionSet: {
        resourceSpecificPermissions: app.rsc.map(({ name, type }) => ({
          permissionValue: name,
          permissionType: type,
        })),
      },
    },
  };
}

export function catalogueApp(world: World, id: string): CatalogueApp {
  const found = world.catalogue.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`app ${id} left the catalogue`);
  return found;
}

export function ownApp(call: Call): CatalogueApp {
  const found = call.world.catalogue.find(
    (candidate) => candidate.clientId === call.caller.appId && candidate.rsc.length === 0,
  );
  if (found === undefined) {
    throw new GraphError(
      403,
      'Forbidden',
      `No Teams app with AAD App Id '${call.caller.appId}' is in the catalog.`,
    );
  }
  return found;
}
