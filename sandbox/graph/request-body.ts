import type { IncomingMessage } from 'node:http';
import { badRequest, GraphError } from './graph-error.ts';

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > 5_000_000) {
      throw new GraphError(413, 'RequestEntityTooLarge', 'The request body is larger than 4 MB.');
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function parseBody(text: string, contentType: string | undefined): unknown {
  if (text === '') return undefined;
  if (contentType === undefined || !/^application\/json/i.test(contentType)) {
    throw new GraphError(
      415,
      'RequestBodyRead',
      'A supported MIME type could not be found that matches the content type of the request.',
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
      'BadRequest',
    );
  }
}
