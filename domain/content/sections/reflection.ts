import content from '../content.json' with { type: 'json' };

export const reflection = content.reflection;
