// Schedules as the timer trigger reads them (the NCrontab library): six fields with seconds first, or five without.
// All fields must match, the day of the month and the weekday included. Azure's Linux plans know UTC only.

export type Schedule = { next(after: Date): Date };

type Field = { low: number; high: number; names?: string[] };

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const fields: Field[] = [
  { low: 0, high: 59 },
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: months },
  { low: 0, high: 6, names: weekdays },
];

/** Throws on an expression that the trigger would refuse. */
export function parseNcrontab(expression: string): Schedule {
  const texts = expression.trim().split(/\s+/);
  if (texts.length === 5) texts.unshift('0');
  if (texts.length !== 6)
    throw new Error(`The schedule expression '${expression}' was not recognized as a valid cron expression.`);
  const [second, minute, hour, day, month, weekday] = fields.map((field, at) =>
    parseField(texts[at] ?? '', field, expression),
  );
  if (!second || !minute || !hour || !day || !month || !weekday)
    throw new Error(`no schedule in '${expression}'`);

  return {
    next(after) {
      const at = new Date(Math.floor(after.getTime() / 1000) * 1000 + 1000);
      // A 29 February on a given weekday may be 28 years away, and 40 across a century without a leap day.
      const end = at.getUTCFullYear() + 41;
      while (at.getUTCFullYear() <= end) {
        if (!month.has(at.getUTCMonth() + 1)) at.setTime(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1));
        else if (!day.has(at.getUTCDate()) || !weekday.has(at.getUTCDay()))
          at.setTime(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1));
        else if (!hour.has(at.getUTCHours())) at.setUTCHours(at.getUTCHours() + 1, 0, 0);
        else if (!minute.has(at.getUTCMinutes())) at.setUTCMinutes(at.getUTCMinutes() + 1, 0);
        else if (!second.has(at.getUTCSeconds())) at.setUTCSeconds(at.getUTCSeconds() + 1);
        else return at;
      }
      throw new Error(`the schedule '${expression}' never occurs`);
    },
  };
}

function parseField(text: string, field: Field, expression: string): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [from = '', to] = range.split('-');
    const low = from === '*' ? field.low : parseValue(from, field);
    const high =
      from === '*' || (to === undefined && step !== undefined) ? field.high : parseValue(to ?? from, field);
    const stride = Number(step ?? 1);
    if (low < field.low || high > field.high || low > high || !(stride > 0))
      throw new Error(`'${part}' is not a value of the schedule expression '${expression}'.`);
    for (let value = low; value <= high; value += stride) values.add(value);
  }
  return values;
}

function parseValue(text: string, field: Field): number {
  if (/^\d+$/.test(text)) return Number(text);
  const named = field.names?.findIndex((name) => text.toUpperCase().startsWith(name)) ?? -1;
  return named < 0 ? Number.NEGATIVE_INFINITY : named + field.low;
}
