// Passes a request on to the API and streams the answer back, as the static site's gateway does in Azure.
import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';

/** Headers of one connection, which the next has for itself (RFC 9110, section 7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer'];

function passedOn(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
}

export function passOn(request: IncomingMessage, response: ServerResponse, target: string): void {
  const { origin, host } = new URL(target);
  const onward = send(
    new URL(request.url ?? '/', origin),
    {
      method: request.method ?? 'GET',
      headers: {
        ...passedOn(request.headers),
        host,
        'x-forwarded-for': request.socket.remoteAddress ?? '',
        'x-forwarded-host': request.headers.host ?? '',
        'x-forwarded-proto': 'http',
      },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers));
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  onward.on('error', () => {
    // The backend is down or went down: the gateway says so.
    if (response.headersSent) response.destroy();
    else response.writeHead(503, { 'retry-after': '1' }).end();
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
