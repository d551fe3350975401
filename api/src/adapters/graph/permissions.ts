// Every permission that the app asks Microsoft Graph for, and why. The app registration asks for exactly these; a test
// holds the calls that are made against them.

/** On behalf of whoever is signed in. */
export const delegatedPermissions = {
  'User.Read': 'the own name and language',
  'User.Read.All': 'the reports of a manager, the search for one, their languages',
  'MailboxSettings.Read': 'the own time zone',
  'Calendars.ReadWrite': "the series in the manager's calendar, free and busy times",
  'Calendars.Read.Shared': 'other times that suit both, where the time of a month is taken',
  'OnlineMeetings.Read': 'the chat of the meeting that was booked',
  'TeamsAppInstallation.ReadWriteSelfForChat': 'our own tab in that chat',
  'Tasks.ReadWrite': 'the steps of a goal in Microsoft To Do, for whoever asks for it',
} as const;

/** As the app itself, when nobody is there: sweeps, notifications, the daily round. */
export const applicationPermissions = {
  'Calendars.ReadWrite': 'goes on with bookings, follows changes; limited to managers by Exchange RBAC',
  'OnlineMeetings.Read.All': 'the chat of a meeting; needs an application access policy of Teams',
  'TeamsAppInstallation.ReadWriteSelfForChat.All': 'our own tab in that chat',
  'TeamsActivity.Send': 'notices in the activity feed',
  'TeamsAppInstallation.ReadWriteSelfForUser.All': 'our own app for somebody who is to get a notice',
} as const;

export type DelegatedPermission = keyof typeof delegatedPermissions;
export type ApplicationPermission = keyof typeof applicationPermissions;
