// What the tenant knows of our app from its package: where its pages are and which activities it may send.
import { existsSync, readFileSync } from 'node:fs';
import { noticeKinds } from '@medspill/domain/follow-up/contract';
import type { ActivityType } from './graph/teams/catalogue.ts';

export type AppPackage = {
  activityTypes: ActivityType[];
  /** Addresses below the tab's origin. */
  pages: { personal: string; meeting: string; pane: string };
  personalEntityId: string;
  meetingEntityId: string;
};

type StaticTab = { entityId: string; contentUrl?: string; scopes: string[] };
type Manifest = {
  staticTabs?: StaticTab[];
  activities?: { activityTypes?: ActivityType[] };
  extensions?: { runtimes?: { code?: { page?: string } }[] }[];
};

/** Without its origin, which a placeholder may stand for. */
function below(url: string | undefined, otherwise: string): string {
  return url === undefined ? otherwise : url.replace(/^(https?:\/\/)?[^/]+/, '') || '/';
}

/** What the package declares, from the kinds that the product knows, while there is no package to read. */
function undeclared(): ActivityType[] {
  return noticeKinds.map((kind) => ({
    type: kind.replace(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase()),
    templateText: '{actor}',
  }));
}

export function readAppPackage(manifestFile: string): AppPackage {
  const manifest = (
    existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {}
  ) as Manifest;
  const tab = (scope: string) => manifest.staticTabs?.find((one) => one.scopes.includes(scope));
  const pane = manifest.extensions?.[0]?.runtimes?.[0]?.code?.page;
  return {
    activityTypes: manifest.activities?.activityTypes ?? undeclared(),
    pages: {
      personal: below(tab('personal')?.contentUrl, '/index.html'),
      meeting: below(tab('groupChat')?.contentUrl, '/index.html'),
      pane: below(pane, '/outlook.html'),
    },
    personalEntityId: tab('personal')?.entityId ?? 'home',
    meetingEntityId: tab('groupChat')?.entityId ?? 'meeting',
  };
}
