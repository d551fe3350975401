import content from '../content.json' with { type: 'json' };

export const prep = content.prep;
export const prepRules = content.prep_rules;
