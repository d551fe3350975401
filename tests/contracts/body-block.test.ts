// The Teams block in a body survives every edit of ours byte for byte, and nobody's name is markup.
import { expect, test } from 'vitest';
import { agendaBlock, withAgendaBlock } from '../../api/src/adapters/graph/body-block.ts';
import { cleanHtml, keepsMeeting, teamsBlock, withBlock } from '../../sandbox/graph/calendar/teams-block.ts';
import { seededRandom } from '../../sandbox/graph/faults.ts';

const join = {
  joinUrl: 'https://teams.microsoft.com/meet/2345678901234?p=abc&x=1',
  meetingCode: '2345678901234',
  passcode: 'p4$$word',
  optionsUrl: 'https://teams.microsoft.com/meetingOptions/?a=1&b=2',
};
const seed = Number(process.env.SEED ?? 7);

test('replacing the agenda changes nothing else, 2,000 times over', () => {
  console.info(`seed ${seed}`);
  const random = seededRandom(seed);
  const pieces = [
    '<b>',
    '</div>',
    '$&',
    '$1',
    '{agenda}',
    '&amp;',
    "'",
    '"',
    'Åse',
    '\n\n',
    '<script>',
    '😀',
    ' ',
    '$`',
  ];
  const words = () =>
    Array.from(
      { length: Math.floor(random() * 12) },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join('');
  const block = teamsBlock(join, 'nb-NO');
  for (let round = 0; round < 2000; round++) {
    const make = () =>
      agendaBlock({
        language: random() < 0.5 ? 'nb' : 'en',
        text: words(),
        agenda: [words(), words()],
        link: { url: `https://teams.microsoft.com/l/entity/${encodeURIComponent(words())}`, label: words() },
      });
    const first = make();
    const before = `<p>Skrevet av et menneske ${round}</p>`;
    const body = withBlock(`${before}${first}<p>etterpå</p>`, block);
    const second = make();
    const edited = withAgendaBlock(body, second);
    expect(edited).toBe(body.replace(first, () => second));
    expect(edited).toContain(block);
    expect(keepsMeeting(cleanHtml(edited), join.joinUrl)).toBe(true);
    // Once more with the first agenda is where it began.
    expect(withAgendaBlock(edited, first)).toBe(body);
  }
});

test('a body without our block gets it first, and keeps the rest', () => {
  const block = teamsBlock(join, 'en-GB');
  const agenda = agendaBlock({
    language: 'en',
    text: 'Hi',
    agenda: ['One'],
    link: { url: 'https://x', label: 'Open' },
  });
  const body = withBlock('<p>Hello</p>', block);
  expect(withAgendaBlock(body, agenda)).toBe(body.replace('<body>', `<body>${agenda}`));
  expect(withAgendaBlock('Hello', agenda)).toBe(`${agenda}Hello`);
});

test('words are text, never markup', () => {
  const block = agendaBlock({
    language: 'nb',
    text: 'Hei, <img src=x onerror=alert(1)>!\n\n{agenda}\n\n"Ha det" & \'så\'',
    agenda: ['</li></ol><script>alert(1)</script>'],
    link: { url: 'https://x/?a="><script>', label: '<b>Åpne</b>' },
  });
  expect(block).not.toMatch(/<(img|script|b)\b/);
  expect(block.match(/<\/div>/g)).toHaveLength(1);
  expect(block.match(/<li>/g)).toHaveLength(1);
});
