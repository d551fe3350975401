import content from '../content.json' with { type: 'json' };

export const sbi = content.sbi;
