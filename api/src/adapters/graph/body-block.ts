// Our own part of an invitation's body. The rest belongs to Teams and to people, and is never touched: without its
// Teams block a body takes the online meeting away (facts/graph.md, section 1, agenda).
import type { Language } from '@medspill/domain/people';

const id = 'rv-agenda';
/** The block holds no div of its own, so it ends at the first closing one. */
const block = new RegExp(`<div\\b[^>]*\\bid="(?:x_)*${id}"[^>]*>[\\s\\S]*?</div>`, 'i');

export type BlockContent = {
  language: Language;
  /** Plain text; an empty line starts a new paragraph. */
  text: string;
  agenda: readonly string[];
  link: { url: string; label: string };
};

export function agendaBlock({ language, text, agenda, link }: BlockContent): string {
  const [before = '', after = ''] = text.split('{agenda}');
  const items = agenda.map((item) => `<li>${escapeHtml(item)}</li>`).join('');
  return [
    `<div id="${id}" lang="${language}">`,
    ...paragraphs(before),
    `<ol>${items}</ol>`,
    `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`,
    ...paragraphs(after),
    '</div>',
  ].join('');
}

/** The body with our block in the place of the old one, or before everything else where there was none. */
export function withAgendaBlock(body: string, agenda: string): string {
  // A function as replacement: `$&` in somebody's name is text.
  if (block.test(body)) return body.replace(block, () => agenda);
  const start = /<body\b[^>]*>/i.exec(body);
  if (start === null) return `${agenda}${body}`;
  const at = start.index + start[0].length;
  return `${body.slice(0, at)}${agenda}${body.slice(at)}`;
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`);
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
