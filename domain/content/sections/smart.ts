import content from '../content.json' with { type: 'json' };

export const smart = content.smart;
