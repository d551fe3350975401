// Which permissions let a call through, the least privileged first. From permissions.json of
// microsoftgraph/microsoft-graph-devx-content; `null` where Graph has no application permission.

export type Permissions = { delegated: string[]; application: string[] | null };

const both = (...names: string[]): Permissions => ({ delegated: names, application: names });

export const calendarsReadBasic = both('Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite');
export const calendarsRead = both('Calendars.Read', 'Calendars.ReadWrite');
export const calendarsWrite = both('Calendars.ReadWrite');
export const findTimes: Permissions = {
  delegated: ['Calendars.Read.Shared', 'Calendars.ReadWrite.Shared'],
  application: null,
};
export const mailboxSettingsRead = both('MailboxSettings.Read', 'MailboxSettings.ReadWrite');
export const mailboxSettingsWrite = both('MailboxSettings.ReadWrite');
export const mailSend = both('Mail.Send');

export const ownProfile: Permissions = {
  delegated: ['User.Read', 'User.ReadWrite', 'User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'],
  application: null,
};
export const usersRead: Permissions = {
  delegated: ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
  application: ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
};
/** With User.Read alone only one's own record. */
export const userRead: Permissions = {
  delegated: ['User.ReadBasic.All', 'User.Read', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
  application: usersRead.application,
};
export const managerRead: Permissions = {
  delegated: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
  application: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
};
export const reportsRead: Permissions = {
  delegated: ['User.Read', 'User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
  application: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
};
export const photoRead: Permissions = {
  delegated: ['User.Read', 'ProfilePhoto.Read.All', 'User.ReadBasic.All', 'User.Read.All'],
  application: ['ProfilePhoto.Read.All', 'User.Read.All', 'User.ReadBasic.All'],
};
export const ownPresence: Permissions = {
  delegated: ['Presence.Read', 'Presence.Read.All'],
  application: null,
};
export const presenceRead: Permissions = {
  delegated: ['Presence.Read.All'],
  application: ['Presence.Read.All', 'Presence.ReadWrite.All'],
};

export const onlineMeetingsRead: Permissions = {
  delegated: ['OnlineMeetings.Read', 'OnlineMeetings.ReadWrite'],
  application: ['OnlineMeetings.Read.All', 'OnlineMeetings.ReadWrite.All'],
};
export const onlineMeetingsWrite: Permissions = {
  delegated: ['OnlineMeetings.ReadWrite'],
  application: ['OnlineMeetings.ReadWrite.All'],
};
export const chatRead: Permissions = {
  delegated: ['Chat.ReadBasic', 'Chat.Read', 'Chat.ReadWrite'],
  application: ['Chat.ReadBasic.All', 'Chat.Read.All', 'Chat.ReadWrite.All'],
};
export const chatMembersRead: Permissions = {
  delegated: ['Chat.ReadBasic', 'ChatMember.Read', 'Chat.Read', 'Chat.ReadWrite', 'ChatMember.ReadWrite'],
  application: ['ChatMember.Read.All', 'Chat.ReadBasic.All', 'Chat.Read.All', 'Chat.ReadWrite.All'],
};
export const chatAppsRead: Permissions = {
  delegated: [
    'TeamsAppInstallation.ReadForChat',
    'TeamsAppInstallation.ReadWriteSelfForChat',
    'TeamsAppInstallation.ReadWriteForChat',
    'TeamsAppInstallation.ReadWriteAndConsentSelfForChat',
  ],
  application: [
    'TeamsAppInstallation.ReadForChat.All',
    'TeamsAppInstallation.ReadWriteSelfForChat.All',
    'TeamsAppInstallation.ReadWriteForChat.All',
    'TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All',
  ],
};
export const chatAppsWrite: Permissions = {
  delegated: [
    'TeamsAppInstallation.ReadWriteSelfForChat',
    'TeamsAppInstallation.ReadWriteForChat',
    'TeamsAppInstallation.ReadWriteAndConsentSelfForChat',
  ],
  application: [
    'TeamsAppInstallation.ReadWriteSelfForChat.All',
    'TeamsAppInstallation.ReadWriteForChat.All',
    'TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All',
  ],
};
export const tabsRead: Permissions = {
  delegated: [
    'TeamsTab.Read.All',
    'TeamsTab.ReadWriteSelfForChat',
    'TeamsTab.ReadWriteForChat',
    'TeamsTab.ReadWrite.All',
  ],
  application: [
    'TeamsTab.Read.All',
    'TeamsTab.ReadWriteSelfForChat.All',
    'TeamsTab.ReadWriteForChat.All',
    'TeamsTab.ReadWrite.All',
  ],
};
export const tabsCreate: Permissions = {
  delegated: [
    'TeamsTab.Create',
    'TeamsTab.ReadWriteSelfForChat',
    'TeamsTab.ReadWriteForChat',
    'TeamsTab.ReadWrite.All',
  ],
  application: [
    'TeamsTab.Create',
    'TeamsTab.ReadWriteSelfForChat.All',
    'TeamsTab.ReadWriteForChat.All',
    'TeamsTab.ReadWrite.All',
  ],
};
export const tabsWrite: Permissions = {
  delegated: ['TeamsTab.ReadWriteSelfForChat', 'TeamsTab.ReadWriteForChat', 'TeamsTab.ReadWrite.All'],
  application: [
    'TeamsTab.ReadWriteSelfForChat.All',
    'TeamsTab.ReadWriteForChat.All',
    'TeamsTab.ReadWrite.All',
  ],
};
export const catalogueRead: Permissions = {
  delegated: ['AppCatalog.Read.All', 'AppCatalog.Submit', 'AppCatalog.ReadWrite.All'],
  application: ['AppCatalog.Read.All', 'AppCatalog.ReadWrite.All'],
};
export const personalAppsRead: Permissions = {
  delegated: [
    'TeamsAppInstallation.ReadForUser',
    'TeamsAppInstallation.ReadWriteSelfForUser',
    'TeamsAppInstallation.ReadWriteForUser',
  ],
  application: [
    'TeamsAppInstallation.ReadForUser.All',
    'TeamsAppInstallation.ReadWriteSelfForUser.All',
    'TeamsAppInstallation.ReadWriteForUser.All',
  ],
};
export const personalAppsWrite: Permissions = {
  delegated: ['TeamsAppInstallation.ReadWriteSelfForUser', 'TeamsAppInstallation.ReadWriteForUser'],
  application: ['TeamsAppInstallation.ReadWriteSelfForUser.All', 'TeamsAppInstallation.ReadWriteForUser.All'],
};
export const activitySend = both('TeamsActivity.Send');

export const tasksRead: Permissions = {
  delegated: ['Tasks.Read', 'Tasks.ReadWrite'],
  application: ['Tasks.Read.All', 'Tasks.ReadWrite.All'],
};
export const tasksWrite: Permissions = {
  delegated: ['Tasks.ReadWrite'],
  application: ['Tasks.ReadWrite.All'],
};
