// The shapes of content.json. Its words are reached through `sections/`, one module for each section: the tab's build
// cuts the file along them, so that a page loads only the sections it shows.
import type content from './content.json';

export type Content = typeof content;
export type SectionName = keyof Content;
export type AgendaItem = Content['agenda'][number];
export type Length = keyof AgendaItem['minutes'];
export type Stage = Content['stages'][number];
export type PrepQuestion = Content['prep']['manager_practical'][number];
export type ReactionCard = Content['reactions'][number];
export type SmartLetter = Content['smart']['letters'][number];
export type Message = Content['messages'][number];
