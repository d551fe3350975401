import content from '../content.json' with { type: 'json' };

export const visibilityTable = content.visibility_table;
export const glossary = content.glossary;
