// What the tenant knows of our app from its package: where its pages are and which activities it may send.
import { readFileSync } from 'node:fs';
import type { ActivityType } from './graph/teams/catalogue.ts';

export type AppPackage = {
  activityTypes: ActivityType[];
  /** Addresses below the tab's origin. */
  pages: { personal: string; meeting: string; pane: string };
  personalEntityId: string;
  meetingEntityId: string;
};

type StaticTab = { entityId: string; contentUrl: string; scopes: string[] };
type Manifest = {
  staticTabs: StaticTab[];
  activities: { activityTypes: ActivityType[] };
  extensions: { runtimes: { code: { page: string } }[] }[];
};

/** Without its origin, which a placeholder stands for. */
function below(url: string): string {
  return url.replace(/^(https?:\/\/)?[^/]+/, '') || '/';
}

export function readAppPackage(manifestFile: string): AppPackage {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  const tab = (scope: string): StaticTab => {
    const found = manifest.staticTabs.find((one) => one.scopes.includes(scope));
    if (found === undefined) throw new Error(`${manifestFile} has no static tab of scope ${scope}`);
    return found;
  };
  const pane = manifest.extensions[0]?.runtimes[0]?.code.page;
  if (pane === undefined) throw new Error(`${manifestFile} has no Outlook add-in`);
  const personal = tab('personal');
  const meeting = tab('groupChat');
  return {
    activityTypes: manifest.activities.activityTypes,
    pages: {
      personal: below(personal.contentUrl),
      meeting: below(meeting.contentUrl),
      pane: below(pane),
    },
    personalEntityId: personal.entityId,
    meetingEntityId: meeting.entityId,
  };
}
