import { refuseWithoutMailbox } from '../calendar/asked-item.ts';
import { ianaZone } from '../calendar/zones.ts';
import { badRequest } from '../graph-error.ts';
import { asJson, isJson, type Json, optionalJson, optionalText, refuseUnknown } from '../json.ts';
import { select } from '../odata/query.ts';
import { mailboxSettingsRead, mailboxSettingsWrite } from '../permissions.ts';
import type { Call, Route } from '../route.ts';
import { settingsOf } from './mailbox-settings.ts';

const settingsNames = new Set([
  'archiveFolder',
  'automaticRepliesSetting',
  'dateFormat',
  'delegateMeetingMessageDeliveryOptions',
  'language',
  'timeFormat',
  'timeZone',
  'userPurpose',
  'workingHours',
]);

function changeSettings(call: Call): Json {
  const body = asJson(call.body, 'mailboxSettings');
  refuseUnknown(body, settingsNames, 'microsoft.graph.mailboxSettings');
  const zone = optionalText(body, 'timeZone');
  const hoursZone = optionalText(
    optionalJson(optionalJson(body, 'workingHours') ?? {}, 'timeZone') ?? {},
    'name',
  );
  for (const name of [zone, hoursZone]) {
    if (name !== undefined && ianaZone(name) === undefined) {
      throw badRequest(`The time zone '${name}' is not valid.`, 'ErrorInvalidTimeZone');
    }
  }
  const before = settingsOf(call.world, call.owner);
  const merged = { ...call.world.mailboxSettings.get(call.owner.id) };
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('@')) continue;
    const old = before[name];
    merged[name] = isJson(old) && isJson(value) ? { ...old, ...value } : value;
  }
  call.world.mailboxSettings.put({ id: call.owner.id }, merged);
  return settingsOf(call.world, call.owner);
}

export const mailboxSettingsRoutes: Route[] = [
  {
    method: 'GET',
    path: '~/mailboxSettings',
    service: 'outlook',
    ownOnly: true,
    allow: mailboxSettingsRead,
    handle(call) {
      refuseWithoutMailbox(call);
      const { id: _id, ...settings } = select({ id: '', ...settingsOf(call.world, call.owner) }, call.query);
      return {
        status: 200,
        body: {
          '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/mailboxSettings',
          ...settings,
        },
      };
    },
  },
  {
    method: 'PATCH',
    path: '~/mailboxSettings',
    service: 'outlook',
    ownOnly: true,
    allow: mailboxSettingsWrite,
    handle(call) {
      refuseWithoutMailbox(call);
      return { status: 200, body: changeSettings(call) };
    },
  },
];
