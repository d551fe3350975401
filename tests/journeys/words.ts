// What the two write. Each word that somebody must not see is unlike every other, so that it can be looked for.
import type { Language } from '../../domain/people.ts';

const words = {
  nb: {
    wish: 'Jeg vil øve på de første fem minuttene.',
    proud: 'Havneplan AS, der jeg lyttet lenge.',
    unmarked: 'UFERDIG-JONAS Jeg mister ofte kunden i forhandlingen.',
    mind: 'PRIVAT-JONAS Jeg sover dårlig før store møter.',
    feedback: 'Rett fram, gjerne samme dag.',
    manager: 'Hun svarer raskt.',
    outcome: 'PRIVAT-INGRID Jonas skal eie målet selv.',
    stage: 'Behovsavdekking: Havneplan og Fjordbygg.',
    unmarkedStrength: 'UFERDIG-INGRID Han følger alltid opp.',
    state: 'PRIVAT-INGRID Ti minutter uten telefon.',
    style: 'PRIVAT-INGRID Jeg vil stille flere spørsmål.',
    hardest: 'PRIVAT-INGRID Du snakker for mye.',
    jonasExample: 'Havneplan 12. desember.',
    ingridExample: 'Fjordbygg 3. desember.',
    ingridWrites: ['Vi vil lære av Havneplan. ', 'Jonas stiller åpne spørsmål.'],
    jonasWrites: ['Jeg vil øve mer. ', 'Gjerne med en kollega.'],
    goal: 'Stille minst fem åpne spørsmål i hvert første møte i januar.',
    measure: 'Notater fra seks møter.',
    action: 'Skrive ti åpne spørsmål.',
    secondAction: 'Øve med Amina.',
    attractive: 'Jeg får bedre møter.',
    promise: 'Være med på to kundemøter',
    summary: 'Jeg skal spørre mer og fortelle mindre.',
    done: 'Tre møter med spørsmålslisten.',
    learned: 'Stillhet virker.',
    lesson: 'LÆRDOM-INGRID La Jonas snakke ferdig.',
  },
  en: {
    wish: 'I want to practise the first five minutes.',
    proud: 'Havneplan, where I listened for a long time.',
    unmarked: 'UNFINISHED-JONAS I often lose the customer when we negotiate.',
    mind: 'PRIVATE-JONAS I sleep badly before large meetings.',
    feedback: 'Straight, and the same day.',
    manager: 'She answers quickly.',
    outcome: 'PRIVATE-INGRID Jonas owns the goal himself.',
    stage: 'Discovery: Havneplan and Fjordbygg.',
    unmarkedStrength: 'UNFINISHED-INGRID He always follows up.',
    state: 'PRIVATE-INGRID Ten minutes without the phone.',
    style: 'PRIVATE-INGRID I want to ask more questions.',
    hardest: 'PRIVATE-INGRID You talk too much.',
    jonasExample: 'Havneplan, 12 December.',
    ingridExample: 'Fjordbygg, 3 December.',
    ingridWrites: ['We learn from Havneplan. ', 'Jonas asks open questions.'],
    jonasWrites: ['I want to practise more. ', 'Gladly with a colleague.'],
    goal: 'Ask at least five open questions in every first meeting in January.',
    measure: 'Notes from six meetings.',
    action: 'Write ten open questions.',
    secondAction: 'Practise with Amina.',
    attractive: 'My meetings get better.',
    promise: 'Join two customer meetings',
    summary: 'I will ask more and tell less.',
    done: 'Three meetings with the list of questions.',
    learned: 'Silence works.',
    lesson: 'LESSON-INGRID Let Jonas finish.',
  },
} as const;

export type Words = (typeof words)[Language];

export function wordsIn(language: Language): Words {
  return words[language];
}
