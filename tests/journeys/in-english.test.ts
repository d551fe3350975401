// One month of Ingrid Solberg and Jonas Berg, wholly in English.
import { playRound } from './round.ts';

playRound('en');
