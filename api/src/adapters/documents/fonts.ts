// The fonts that documents embed: names from all over Europe, and readers that have no fonts of their own.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export type Fonts = { regular: Buffer; bold: Buffer };

const files = {
  regular: '400Regular/Roboto_400Regular.ttf',
  bold: '700Bold/Roboto_700Bold.ttf',
} as const;

let loaded: Promise<Fonts> | undefined;

export function loadFonts(): Promise<Fonts> {
  loaded ??= Promise.all([read('regular'), read('bold')]).then(([regular, bold]) => ({ regular, bold }));
  return loaded;
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
