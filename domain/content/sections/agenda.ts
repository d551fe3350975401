import content from '../content.json' with { type: 'json' };

export const agenda = content.agenda;
export const calendarBlocks = content.calendar_blocks;
