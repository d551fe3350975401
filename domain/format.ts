// Dates, times and numbers as the style sheet writes them: «tirsdag 12. januar 2027», «kl. 10.30», 1 250 000,50.
import { Temporal } from 'temporal-polyfill';
import type { Language } from './people.ts';

const weekdays = {
  nb: ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;
const months = {
  nb: [
    'januar',
    'februar',
    'mars',
    'april',
    'mai',
    'juni',
    'juli',
    'august',
    'september',
    'oktober',
    'november',
    'desember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const;

const hardSpace = '\u00a0';

export function weekdayName(date: string, language: Language): string {
  return weekdays[language][Temporal.PlainDate.from(date).dayOfWeek - 1] ?? '';
}

/** `2027-01` or a date in it → «januar 2027». */
export function monthName(month: string, language: Language): string {
  const { year, month: number } = Temporal.PlainYearMonth.from(month.slice(0, 7));
  return `${months[language][number - 1]} ${year}`;
}

/** «12. januar» / 12 January */
export function dayAndMonth(date: string, language: Language): string {
  const { day, month } = Temporal.PlainDate.from(date);
  return language === 'nb' ? `${day}. ${months.nb[month - 1]}` : `${day} ${months.en[month - 1]}`;
}

/** «tirsdag 12. januar 2027» / Tuesday 12 January 2027; lower case in bokmål, so never first in a sentence. */
export function longDate(date: string, language: Language): string {
  return `${weekdayName(date, language)} ${dayAndMonth(date, language)} ${date.slice(0, 4)}`;
}

/** «12.01.2027» / 12 Jan 2027 */
export function shortDate(date: string, language: Language): string {
  const { day, month, year } = Temporal.PlainDate.from(date);
  if (language === 'nb') return `${two(day)}.${two(month)}.${year}`;
  return `${day} ${months.en[month - 1]?.slice(0, 3)} ${year}`;
}

/** `10:30` → «10.30» / 10:30, without «kl.». */
export function bareTime(time: string, language: Language): string {
  const clock = time.slice(0, 5);
  return language === 'nb' ? clock.replace(':', '.') : clock;
}

/** `10:30` → «kl. 10.30» with a hard space / 10:30 */
export function clockTime(time: string, language: Language): string {
  return language === 'nb' ? `kl.${hardSpace}${bareTime(time, 'nb')}` : bareTime(time, 'en');
}

/** «kl. 10.30 (14.30 hos Ingrid)» / 10:30 (14:30 for Ingrid); the other's time only where it differs. */
export function timeForBoth(
  time: string,
  other: { time: string; firstName: string },
  language: Language,
): string {
  if (time.slice(0, 5) === other.time.slice(0, 5)) return clockTime(time, language);
  const theirs = bareTime(other.time, language);
  return language === 'nb'
    ? `${clockTime(time, 'nb')} (${theirs} hos ${other.firstName})`
    : `${clockTime(time, 'en')} (${theirs} for ${other.firstName})`;
}

/** «tirsdag 12. januar 2027 kl. 10.30» / Tuesday 12 January 2027 at 10:30 */
export function longDateTime(date: string, time: string, language: Language): string {
  const at = language === 'nb' ? clockTime(time, 'nb') : `at ${clockTime(time, 'en')}`;
  return `${longDate(date, language)} ${at}`;
}

/** The date and wall time of an instant in a zone, to hand to the functions above. */
export function wallClock(instant: string, zone: string): { date: string; time: string } {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return { date: there.toPlainDate().toString(), time: there.toPlainTime().toString().slice(0, 5) };
}

/** «12.01.2027 kl. 10.30» / 12 Jan 2027 at 10:30 */
export function shortDateTime(instant: string, zone: string, language: Language): string {
  const { date, time } = wallClock(instant, zone);
  const at = language === 'nb' ? clockTime(time, 'nb') : `at ${clockTime(time, 'en')}`;
  return `${shortDate(date, language)} ${at}`;
}

/** ISO week: «uke 2» / week 2. */
export function weekOf(date: string, language: Language): string {
  const week = Temporal.PlainDate.from(date).weekOfYear;
  return language === 'nb' ? `uke ${week}` : `week ${week}`;
}

/** 1 250 000,5 with hard spaces / 1,250,000.5; `decimals` fixes how many are shown. */
export function numberText(value: number, language: Language, decimals?: number): string {
  const [whole = '0', fraction] = (
    decimals === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(decimals)
  ).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === 'nb' ? hardSpace : ',');
  const sign = value < 0 ? '−' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : (language === 'nb' ? ',' : '.') + fraction}`;
}

/** 40 % with a hard space / 40% */
export function percentText(value: number, language: Language): string {
  return `${numberText(value, language)}${language === 'nb' ? hardSpace : ''}%`;
}

/** «Jonas, Ingrid og Amir» / Jonas, Ingrid and Amir */
export function listText(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${language === 'nb' ? 'og' : 'and'} ${last}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
