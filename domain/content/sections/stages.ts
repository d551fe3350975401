import content from '../content.json' with { type: 'json' };

export const stages = content.stages;
export const scale = content.scale;
export const scaleRules = content.scale_rules;
export const developmentKinds = content.development_kinds;
