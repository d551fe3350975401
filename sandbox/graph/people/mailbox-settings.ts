import type { Person } from '../../people.ts';
import { windowsZone } from '../calendar/zones.ts';
import { isJson, type Json } from '../json.ts';
import type { World } from '../world.ts';

const languages: Record<Person['language'], string> = {
  'nb-NO': 'norsk bokmål (Norge)',
  'en-GB': 'English (United Kingdom)',
};

/** What a mailbox has until its owner changes it: Exchange gives zones by their Windows names. */
export function settingsOf(world: World, person: Person): Json {
  const zone = windowsZone(person.timeZone);
  return {
    archiveFolder: null,
    timeZone: zone,
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
    dateFormat: person.language === 'nb-NO' ? 'dd.MM.yyyy' : 'dd/MM/yyyy',
    timeFormat: 'HH:mm',
    userPurpose: 'user',
    automaticRepliesSetting: {
      status: 'disabled',
      externalAudience: 'all',
      internalReplyMessage: '',
      externalReplyMessage: '',
    },
    language: { locale: person.language, displayName: languages[person.language] },
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '16:00:00.0000000',
      timeZone: { name: zone },
    },
    ...world.mailboxSettings.get(person.id),
  };
}

export function workingHoursOf(settings: Json): Json {
  return isJson(settings.workingHours) ? settings.workingHours : {};
}
