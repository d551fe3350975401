// The fonts that documents embed: names from all over Europe, and readers that have no fonts of their own.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Font } from 'fontkit';

export type Fonts = { regular: Font; bold: Font };

const files = {
  regular: '400Regular/Roboto_400Regular.ttf',
  bold: '700Bold/Roboto_700Bold.ttf',
} as const;

let loaded: Promise<Fonts> | undefined;

/** Parsed once for the process: that is most of the work of a short document. */
export function loadFonts(): Promise<Fonts> {
  loaded ??= parse().catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function parse(): Promise<Fonts> {
  const [{ create }, regular, bold] = await Promise.all([import('fontkit'), read('regular'), read('bold')]);
  const one = (bytes: Buffer): Font => {
    const font = create(bytes);
    if (!('glyphForCodePoint' in font)) throw new Error('A collection of fonts instead of one');
    // A glyph means what it was first asked for, in all documents to come: a space, not the hard space of some name.
    for (let code = 0x20; code < 0x250; code++) font.glyphForCodePoint(code);
    return font;
  };
  return { regular: one(regular), bold: one(bold) };
}

/** Beside the bundle, where the build puts them; unbundled, in their package below the working directory. */
async function read(weight: keyof typeof files): Promise<Buffer> {
  try {
    return await readFile(join(import.meta.dirname, 'fonts', `${weight}.ttf`));
  } catch {
    const { resolve } = createRequire(join(process.cwd(), 'package.json'));
    return readFile(resolve(`@expo-google-fonts/roboto/${files[weight]}`));
  }
}
