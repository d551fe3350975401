// Bytes of a text file as text, in the encodings that Excel and the CRMs write.

/** Part of every browser and of Node; domain has no types of either. */
declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A byte order mark decides; without one UTF-16 betrays itself by its zeros, and what is not UTF-8 is Windows'. */
export function decodeText(bytes: Uint8Array): string {
  const marked = encodingByMark(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const wide = encodingByZeros(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function encodingByMark(bytes: Uint8Array): Encoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** Latin letters in UTF-16 have a zero in every second byte, after the letter or before it. */
function encodingByZeros(bytes: Uint8Array): Encoding | undefined {
  const length = Math.min(bytes.length, 2000) & ~1;
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even += 1;
    if (bytes[index + 1] === 0) odd += 1;
  }
  const most = length / 2;
  if (odd > most * 0.6 && even < most * 0.1) return 'utf-16le';
  if (even > most * 0.6 && odd < most * 0.1) return 'utf-16be';
  return undefined;
}

/** Decodes a part of a workbook as it is unpacked; parts are UTF-8, or UTF-16 with its mark (ECMA-376 part 2). */
export function createStreamDecoder(): { decode: (piece: Uint8Array) => string; end: () => string } {
  let decoder: TextDecoder | undefined;
  return {
    decode(piece) {
      decoder ??= new TextDecoder(encodingByMark(piece) ?? 'utf-8');
      return decoder.decode(piece, { stream: true });
    },
    end: () => decoder?.decode() ?? '',
  };
}
