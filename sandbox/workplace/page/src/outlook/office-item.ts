// From an appointment to what Office.js tells of it.
import type { OpenAppointment } from '../../../model.ts';
import type { OfficeItem, OfficeRecurrence } from '../../../office-messages.ts';
import { zoned } from '../time.ts';

type Graph = Record<string, unknown>;

/** Exchange Web Services writes the same id in plain Base64. */
export function ewsId(restId: string): string {
  return restId.replaceAll('-', '/').replaceAll('_', '+');
}

export function officeItemOf(appointment: OpenAppointment): OfficeItem {
  return {
    itemId: ewsId(appointment.id),
    ...(appointment.seriesId === undefined ? {} : { seriesId: ewsId(appointment.seriesId) }),
    subject: appointment.subject,
    start: appointment.start,
    end: appointment.end,
    requiredAttendees: appointment.invitees.map(({ name, address }) => ({
      displayName: name,
      emailAddress: address,
    })),
    optionalAttendees: [],
    organizer: {
      displayName: appointment.organizer.name,
      emailAddress: appointment.organizer.address,
    },
    location: appointment.location,
    body: appointment.bodyHtml,
    recurrence: recurrenceOf(appointment),
  };
}

function recurrenceOf(appointment: OpenAppointment): OfficeRecurrence | null {
  const { recurrence } = appointment;
  if (recurrence === undefined) return null;
  const pattern: Graph = recurrence.pattern;
  const type = String(pattern.type);
  const [weekday] = Array.isArray(pattern.daysOfWeek) ? pattern.daysOfWeek : [];
  const start = zoned(appointment.start, appointment.zone);
  const range: Graph = recurrence.range;
  return {
    recurrenceType: type.toLowerCase().includes('month') ? 'monthly' : type === 'weekly' ? 'weekly' : 'daily',
    recurrenceProperties: {
      interval: pattern.interval ?? 1,
      ...(type === 'absoluteMonthly' ? { dayOfMonth: pattern.dayOfMonth } : {}),
      ...(type === 'relativeMonthly'
        ? { weekNumber: pattern.index, dayOfWeek: String(weekday).slice(0, 3) }
        : {}),
      ...(type === 'weekly' ? { days: (pattern.daysOfWeek as string[]).map((day) => day.slice(0, 3)) } : {}),
    },
    recurrenceTimeZone: { name: appointment.zone },
    series: {
      startDate: String(range.startDate ?? start.toPlainDate()),
      ...(range.endDate === undefined ? {} : { endDate: String(range.endDate) }),
      startTime: start.toPlainTime().toString().slice(0, 5),
      minutes: Math.round((Date.parse(appointment.end) - Date.parse(appointment.start)) / 60_000),
    },
  };
}
