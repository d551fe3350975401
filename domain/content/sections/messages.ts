import content from '../content.json' with { type: 'json' };

export const messages = content.messages;
