// OP_MSG, MongoDB's message since 3.6: flag bits, sections, an optional checksum.
// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg
import { Buffer } from 'node:buffer';
import { CommandError } from '../errors.ts';
import { type Doc, parseCommand, parseDocument, setField } from '../values/document.ts';
import { crc32c } from './crc32c.ts';
import { type Frame, frame } from './frame.ts';

export const opMsg = 2013;

const flag = { checksumPresent: 1, moreToCome: 2 } as const;
// Flags in the lower half must be understood or the message be refused; the upper half may be ignored.
const requiredFlags = 0xffff;

export type Message = { command: Doc; wantsReply: boolean; checksum: boolean };

export function readOpMsg(incoming: Frame): Message {
  const { body } = incoming;
  if (body.length < 5) throw new CommandError(17, 'OP_MSG ends before its first section');
  const flags = body.readUInt32LE(0);
  if (flags & requiredFlags & ~(flag.checksumPresent | flag.moreToCome)) {
    throw new CommandError(17, `OP_MSG has unknown required flags: ${flags}`);
  }
  const checksum = (flags & flag.checksumPresent) !== 0;
  if (checksum) verifyChecksum(incoming.whole);
  const sections = body.subarray(4, checksum ? body.length - 4 : body.length);
  return { command: readSections(sections), wantsReply: (flags & flag.moreToCome) === 0, checksum };
}

function verifyChecksum(whole: Buffer): void {
  const at = whole.length - 4;
  if (crc32c(whole.subarray(0, at)) !== whole.readUInt32LE(at)) {
    throw new CommandError(17, 'OP_MSG checksum does not match its contents');
  }
}

function readSections(sections: Buffer): Doc {
  let command: Doc | undefined;
  const sequences = new Map<string, Buffer[]>();
  let at = 0;
  while (at < sections.length) {
    const kind = sections[at];
    const size = readSize(sections, at + 1);
    const end = at + 1 + size;
    if (kind === 0) {
      if (command) throw new CommandError(17, 'OP_MSG has two body sections');
      command = parseCommand(sections.subarray(at + 1, end));
    } else if (kind === 1) {
      const [name, documents] = readSequence(sections.subarray(at + 5, end));
      if (sequences.has(name)) throw new CommandError(17, `OP_MSG has two sequences called ${name}`);
      sequences.set(name, documents);
    } else {
      throw new CommandError(17, `OP_MSG has a section of unknown kind ${kind}`);
    }
    at = end;
  }
  if (!command) throw new CommandError(17, 'OP_MSG has no body section');
  for (const [name, documents] of sequences) {
    if (Object.hasOwn(command, name)) throw new CommandError(17, `OP_MSG has ${name} in body and sequence`);
    // Documents to insert stay bytes; statements of updates and deletes are read.
    setField(command, name, name === 'documents' ? documents : documents.map(parseDocument));
  }
  return command;
}

function readSize(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw new CommandError(17, 'OP_MSG section is cut off');
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > bytes.length) throw new CommandError(17, `OP_MSG section has size ${size}`);
  return size;
}

function readSequence(bytes: Buffer): [string, Buffer[]] {
  const zero = bytes.indexOf(0);
  if (zero < 1) throw new CommandError(17, 'OP_MSG sequence has no name');
  const documents: Buffer[] = [];
  for (let at = zero + 1; at < bytes.length; ) {
    const size = readSize(bytes, at);
    documents.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [bytes.toString('utf8', 0, zero), documents];
}

const plainHeader = Buffer.from([0, 0, 0, 0, 0]);
const checkedHeader = Buffer.from([flag.checksumPresent, 0, 0, 0, 0]);

/** A reply; it carries a checksum when the request did. */
export function writeOpMsg(
  responseTo: number,
  requestId: number,
  document: Uint8Array,
  checksum: boolean,
): Buffer {
  if (!checksum) return frame(opMsg, requestId, responseTo, [plainHeader, document]);
  const whole = frame(opMsg, requestId, responseTo, [checkedHeader, document, Buffer.alloc(4)]);
  whole.writeUInt32LE(crc32c(whole.subarray(0, whole.length - 4)), whole.length - 4);
  return whole;
}
