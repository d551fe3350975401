/**
 * Makes the static first screen of meeting.html: words from the catalogue in both languages, colours from Fluent's
 * themes, script and style in the page itself, so that it stands with one answer of the network. The content security
 * policy allows exactly these two by their digests.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme } from '@fluentui/react-components';
import { minifySync, type Plugin } from 'vite';
import { agenda } from '../domain/content/sections/agenda.ts';
import type { Text } from '../domain/content/text.ts';
import { runTexts } from '../domain/content/texts/run.ts';

const here = import.meta.dirname;
const page = 'meeting.html';
/** Stands in the policy where the digests go. */
const place = "'sha256-of-the-first-screen'";

function textAt(name: string): Text {
  const [stage, key = '', part] = name.split('.');
  const item = agenda.find((one) => one.key === key);
  const found =
    stage === 'agenda' && item !== undefined && (part === 'title' || part === 'guide')
      ? item[part]
      : (runTexts as Readonly<Record<string, Text>>)[key];
  if (found === undefined) throw new Error(`${page} names a text that there is not: ${name}`);
  return found;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Both languages stand in the page, and the style shows the one of the reader. */
function inBothLanguages(name: string): string {
  const text = textAt(name);
  return (['nb', 'en'] as const)
    .map((language) => `<span lang="${language}">${escaped(text[language])}</span>`)
    .join('');
}

/** The values of those tokens that the style names, theme by theme. */
function coloursOf(style: string): string {
  const names = [...new Set([...style.matchAll(/var\(--(\w+)\)/g)].map(([, name = '']) => name))];
  const block = (selector: string, theme: Readonly<Record<string, string | number>>) =>
    `${selector}{${names.map((name) => `--${name}:${theme[name]}`).join(';')}}`;
  return [
    block(':root', teamsLightTheme),
    block(':root[data-theme=dark]', teamsDarkTheme),
    block(':root[data-theme=contrast]', teamsHighContrastTheme),
  ].join('\n');
}

function digestsOf(html: string, tag: 'script' | 'style'): string {
  const inside = html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'));
  return [...inside]
    .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');
}

export function firstScreen(): Plugin {
  let written = '';
  return {
    name: 'first-screen',
    enforce: 'post',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path }) {
        if (!path.endsWith(page)) return html;
        const read = (file: string) => readFileSync(join(here, file), 'utf8');
        return html
          .replace(/\{\{([\w.]+)\}\}/g, (_, name: string) => inBothLanguages(name))
          .replace(
            /<script data-file="(.+?)">/,
            (_, file: string) => `<script>${minifySync(file, read(file)).code}`,
          )
          .replace(/<style data-file="(.+?)">/, (_, file: string) => {
            const style = read(file);
            return `<style>${coloursOf(style)}\n${style}`;
          });
      },
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const made = bundle[page];
        if (made?.type !== 'asset') return;
        // A style sheet in the head would hold the first screen back for another answer of the network.
        const links: string[] = [];
        written = String(made.source).replace(/ *<link rel="stylesheet"[^>]*>\n?/g, (link) => {
          links.push(link);
          return '';
        });
        written = written.replace('</body>', () => `${links.join('')}  </body>`);
        made.source = written;
      },
    },
    writeBundle({ dir = here }) {
      const file = join(dir, 'staticwebapp.config.json');
      const policy = (directive: 'script' | 'style') => `${directive}-src 'self' ${place}`;
      const config = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        (['script', 'style'] as const).reduce(
          (text, tag) => text.replace(policy(tag), `${tag}-src 'self' ${digestsOf(written, tag)}`),
          config,
        ),
      );
    },
  };
}
