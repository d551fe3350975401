import content from '../content.json' with { type: 'json' };

export const reactions = content.reactions;
export const reactionsIntro = content.reactions_intro;
