import content from '../content.json' with { type: 'json' };

export const grow = content.grow;
export const presence = content.presence;
