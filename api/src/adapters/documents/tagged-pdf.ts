// A tagged PDF in the manner of PDF/A-2a (ISO 19005-2): logical structure, language, bookmarks, embedded fonts, metadata
// and the meaning of its colours, so that a screen reader finds its way and an archive can show it in twenty years. Words
// are text; nothing a person wrote is markup.
import type { Language } from '@medspill/domain/people';
import { loadFonts } from './fonts.ts';

export type TaggedPdf = {
  heading(level: 1 | 2 | 3, text: string): void;
  paragraph(text: string): void;
  /** Numbered; a second line under an item is smaller. */
  list(items: readonly { title: string; detail?: string }[]): void;
  end(): Promise<Uint8Array>;
};

const sizes = { 1: 22, 2: 15, 3: 12 } as const;
const bodySize = 11;
const detailSize = 10;
/** Points below a heading that must be left on its page, so that it never stands there alone. */
const roomBelow = 40;

export async function startPdf(info: { title: string; language: Language; at: Date }): Promise<TaggedPdf> {
  const [{ default: PDFDocument }, fonts] = await Promise.all([import('pdfkit'), loadFonts()]);
  const document = new PDFDocument({
    size: 'A4',
    margin: 56,
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    displayTitle: true,
    lang: info.language === 'nb' ? 'nb-NO' : 'en-GB',
    info: { Title: info.title, Creator: 'Medspill', CreationDate: info.at },
    // The default font would be read from a file that a bundle does not have; a parsed one is taken as well as a name.
    font: fonts.regular as unknown as string,
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.registerFont('regular', fonts.regular as unknown as string);
  document.registerFont('bold', fonts.bold as unknown as string);
  const root = document.struct('Document');
  document.addStructure(root);
  const line = (font: 'regular' | 'bold', size: number, text: string, indent = 0) => {
    document
      .font(font)
      .fontSize(size)
      .text(text, document.page.margins.left + indent, undefined, {
        paragraphGap: size / 3,
        lineGap: 2,
      });
  };

  // The bookmarks that are open: of the document, its title, its section.
  const bookmarks = [document.outline];

  return {
    heading(level, text) {
      if (level > 1) document.moveDown(0.6);
      const { page } = document;
      if (document.y + sizes[level] + roomBelow > page.height - page.margins.bottom) document.addPage();
      bookmarks.length = Math.min(bookmarks.length, level);
      const above = bookmarks.at(-1) ?? document.outline;
      // Its types do not know that a bookmark can lead to a place on the page.
      const place = { expanded: level === 1, top: document.y };
      bookmarks.push(above.addItem(text, place));
      root.add(document.struct(`H${level}`, {}, () => line('bold', sizes[level], text)));
    },
    paragraph(text) {
      root.add(document.struct('P', {}, () => line('regular', bodySize, text)));
    },
    list(items) {
      const list = document.struct('L');
      root.add(list);
      items.forEach(({ title, detail }, index) => {
        const item = document.struct('LI');
        list.add(item);
        const body = document.struct('LBody');
        item.add(body);
        body.add(document.struct('P', {}, () => line('bold', bodySize, `${index + 1}. ${title}`)));
        if (detail !== undefined) {
          body.add(document.struct('P', {}, () => line('regular', detailSize, detail, 16)));
        }
        body.end();
        item.end();
      });
      list.end();
    },
    async end() {
      root.end();
      document.end();
      await ended;
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}
