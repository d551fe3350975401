// What an administrator must have granted. Equal to what the API asks for; a test holds the two together.
export const permissionNames = {
  delegated: [
    'User.Read',
    'User.Read.All',
    'MailboxSettings.Read',
    'Calendars.ReadWrite',
    'Calendars.Read.Shared',
    'OnlineMeetings.Read',
    'TeamsAppInstallation.ReadWriteSelfForChat',
    'Tasks.ReadWrite',
  ],
  application: [
    'Calendars.ReadWrite',
    'OnlineMeetings.Read.All',
    'TeamsAppInstallation.ReadWriteSelfForChat.All',
    'TeamsActivity.Send',
    'TeamsAppInstallation.ReadWriteSelfForUser.All',
  ],
} as const;

export type PermissionKind = keyof typeof permissionNames;
export type PermissionName = (typeof permissionNames)[PermissionKind][number];
/** `unknown`: Entra did not answer, or wants something else of the person first. */
export const permissionStates = ['granted', 'missing', 'unknown'] as const;
export type PermissionState = (typeof permissionStates)[number];
