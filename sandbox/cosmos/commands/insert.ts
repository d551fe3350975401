import { ObjectId } from 'bson';
import { CommandError } from '../errors.ts';
import { type Doc, field, isDocument, parseDocument, serializeDocument } from '../values/document.ts';
import { collectionForWrite, type Handler } from './context.ts';
import { insertDocument } from './write-document.ts';
import { runStatements } from './write-statements.ts';

export const insert: Handler = (context) => {
  const documents = field(context.command, 'documents');
  if (!Array.isArray(documents)) throw new CommandError(14, "'documents' must be an array of objects");
  const collection = collectionForWrite(context);
  return runStatements(context, documents, (given) => {
    const { document, bytes } = readDocument(given);
    insertDocument(context, collection, document, bytes);
    return { n: 1 };
  });
};

/** A document comes as bytes; only one without `_id` in front has to be written anew. */
function readDocument(given: unknown): { document: Doc; bytes: Uint8Array } {
  const document = given instanceof Uint8Array ? parseDocument(given) : given;
  if (!isDocument(document)) throw new CommandError(14, "'documents' must be an array of objects");
  if (given instanceof Uint8Array && Object.keys(document)[0] === '_id') return { document, bytes: given };
  const { _id = new ObjectId(), ...rest } = document;
  const complete = { _id, ...rest };
  return { document: complete, bytes: serializeDocument(complete) };
}
