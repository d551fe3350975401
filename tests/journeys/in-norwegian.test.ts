// One month of Ingrid Solberg and Jonas Berg, wholly in Norwegian.
import { playRound } from './round.ts';

playRound('nb');
