import type { Appointment } from '../../../model.ts';
import { zoned } from '../time.ts';

export type Block = {
  appointment: Appointment;
  /** Minutes from midnight on the wall clock of the person who looks. */
  from: number;
  to: number;
  column: number;
  columns: number;
};

/** Appointments of one day side by side where they overlap, as calendars draw them. */
export function placeBlocks(appointments: Appointment[], day: string, zone: string): Block[] {
  const blocks = appointments
    .map((appointment): Block | undefined => {
      const start = zoned(appointment.start, zone);
      const end = zoned(appointment.end, zone);
      if (start.toPlainDate().toString() > day || end.toPlainDate().toString() < day) return undefined;
      const from = start.toPlainDate().toString() < day ? 0 : start.hour * 60 + start.minute;
      const to = end.toPlainDate().toString() > day ? 1_440 : end.hour * 60 + end.minute;
      if (to <= from && end.toPlainDate().toString() === day && from !== to) return undefined;
      return { appointment, from, to: Math.max(to, from + 15), column: 0, columns: 1 };
    })
    .filter((block) => block !== undefined)
    .sort((a, b) => a.from - b.from || b.to - a.to);

  let cluster: Block[] = [];
  let clusterEnd = -1;
  const close = () => {
    const columns = Math.max(1, ...cluster.map((block) => block.column + 1));
    for (const block of cluster) block.columns = columns;
    cluster = [];
  };
  for (const block of blocks) {
    if (block.from >= clusterEnd) close();
    const taken = new Set(cluster.filter((other) => other.to > block.from).map((other) => other.column));
    while (taken.has(block.column)) block.column++;
    cluster.push(block);
    clusterEnd = Math.max(clusterEnd, block.to);
  }
  close();
  return blocks;
}
