// What Teams puts into an invitation, and what Exchange does to HTML it is given.

export type JoinDetails = { joinUrl: string; meetingCode: string; passcode: string; optionsUrl: string };

const rule = '_'.repeat(80);

/** The block in the organizer's language. Its join link is what keeps an event an online meeting. */
export function teamsBlock(join: JoinDetails, language: string): string {
  const norwegian = language.startsWith('nb');
  const word = norwegian
    ? {
        lang: 'nb-NO',
        help: 'Trenger du hjelp?',
        join: 'Bli med i møtet nå',
        id: 'Møte-ID: ',
        code: 'Passord: ',
        for: 'For arrangører: ',
        options: 'Møtealternativer',
      }
    : {
        lang: 'en-US',
        help: 'Need help?',
        join: 'Join the meeting now',
        id: 'Meeting ID: ',
        code: 'Passcode: ',
        for: 'For organizers: ',
        options: 'Meeting options',
      };
  const font = "font-family:'Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif";
  const link = 'text-decoration:underline; color:#5B5FC7';
  const code = join.meetingCode.replace(/(\d{3})(?=\d)/g, '$1 ');
  return [
    `<div class="me-email-text" lang="${word.lang}" style="max-width:1024px; color:#242424; ${font}">`,
    `<div aria-hidden="true" style="margin-bottom:24px; overflow:hidden; white-space:nowrap">${rule}</div>`,
    '<div style="margin-bottom:12px"><span class="me-email-text" style="font-size:24px; font-weight:700; margin-right:12px">Microsoft Teams</span>',
    `<a id="meet_invite_block.action.help" class="me-email-link" href="https://aka.ms/JoinTeamsMeeting?omkt=${word.lang}" style="font-size:14px; ${link}">${word.help}</a></div>`,
    `<div style="margin-bottom:6px"><a id="meet_invite_block.action.join_link" class="me-email-headline" href="${join.joinUrl.replaceAll('&', '&amp;')}" target="_blank" rel="noreferrer noopener" style="font-size:20px; font-weight:600; ${link}">${word.join}</a></div>`,
    `<div style="margin-bottom:6px"><span class="me-email-text-secondary" style="font-size:14px; color:#616161">${word.id}</span><span class="me-email-text" style="font-size:14px; color:#242424">${code}</span></div>`,
    `<div style="margin-bottom:24px"><span class="me-email-text-secondary" style="font-size:14px; color:#616161">${word.code}</span><span class="me-email-text" style="font-size:14px; color:#242424">${join.passcode}</span></div>`,
    '<div style="margin-bottom:24px; max-width:532px"><hr style="border:0; background:#616161; height:1px"></div>',
    `<div><span class="me-email-text-secondary" style="font-size:14px; color:#616161">${word.for}</span><a id="meet_invite_block.action.organizer_meet_options" class="me-email-link" target="_blank" href="${join.optionsUrl.replaceAll('&', '&amp;')}" rel="noreferrer noopener" style="font-size:14px; ${link}">${word.options}</a></div>`,
    `<div aria-hidden="true" style="margin-top:24px; margin-bottom:6px; overflow:hidden; white-space:nowrap">${rule}</div>`,
    '</div>',
  ].join('\r\n');
}

/** Whether a body still holds the meeting: without its join link Exchange takes the online meeting away. */
export function keepsMeeting(html: string, joinUrl: string): boolean {
  return html.includes(`href="${joinUrl.replaceAll('&', '&amp;')}"`) || html.includes(`href="${joinUrl}"`);
}

/** Exchange keeps no scripts, event handlers or comments, and always answers with a whole document. */
export function cleanHtml(html: string): string {
  const safe = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|iframe|object|embed|form)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(script|iframe|object|embed|form|input|button)\b[^>]*>/gi, '')
    .replace(/\s+on[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '')
    .replace(/(href|src)\s*=\s*(["']?)\s*javascript:[^"'\s>]*\2/gi, '$1="#"');
  if (/<html[\s>]/i.test(safe)) return safe;
  return `<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>\r\n${safe}\r\n</body></html>\r\n`;
}

export function htmlFromText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div>${escaped.replace(/\r?\n/g, '<br>')}</div>`;
}

const texts = new Map<string, string>();

export function textFromHtml(html: string): string {
  const known = texts.get(html);
  if (known !== undefined) return known;
  const text = readText(html);
  // All occurrences of a series share one body.
  if (texts.size > 500) texts.clear();
  texts.set(html, text);
  return text;
}

function readText(html: string): string {
  return html
    .replace(/<head[\s\S]*?<\/head>/gi, '')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

/** Puts the block at the end of the body, as Exchange does when an event becomes an online meeting. */
export function withBlock(html: string, block: string): string {
  const whole = cleanHtml(html);
  const end = whole.search(/<\/body>/i);
  return end < 0
    ? `${whole}<br>\r\n${block}`
    : `${whole.slice(0, end)}<br>\r\n${block}\r\n${whole.slice(end)}`;
}
