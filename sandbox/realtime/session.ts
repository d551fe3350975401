// One client connection. With the reliable subprotocol it outlives its socket: messages are numbered, kept until the
// client has acknowledged them, and sent again when it comes back with its reconnection token.
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { ClientClaims } from './access.ts';
import type { FaultBook } from './faults.ts';

export type DataType = 'json' | 'text' | 'binary' | 'protobuf';
export type Payload = { dataType: DataType; data: unknown };

export type Session = {
  readonly hub: string;
  readonly connectionId: string;
  readonly reliable: boolean;
  readonly userId?: string;
  readonly reconnectionToken: string;
  readonly roles: Set<string>;
  readonly groups: Set<string>;
  isAttached(): boolean;
  attach(socket: WebSocket): void;
  /** The socket is gone: for good, or until the client comes back. */
  detach(socket: WebSocket, isFinal: boolean): void;
  /** A message of the service's own: an acknowledgement, a pong. */
  reply(message: object): void;
  /** A message of a group or of the server, numbered when the protocol is reliable. */
  deliver(message: object): void;
  acknowledge(sequenceId: number): void;
  /** False when the number was used before: the client repeats itself. */
  firstSeen(ackId: number): boolean;
  end(reason: string, code?: number): void;
};

/** How long a lost client may take to come back; the client library itself tries for 30 seconds. */
const recoveryMilliseconds = 60_000;
/** A client that acknowledges nothing is cut off. */
const mostUnacknowledged = 1_000;
const mostAckIds = 10_000;

export function createSession(
  hub: string,
  reliable: boolean,
  claims: ClientClaims,
  faults: FaultBook,
  onGone: (session: Session) => void,
): Session {
  const connectionId = randomBytes(16).toString('base64url');
  const reconnectionToken = randomBytes(32).toString('base64url');
  const ackIds = new Set<number>();
  let socket: WebSocket | undefined;
  let unacknowledged: { sequenceId: number; text: string }[] = [];
  let lastSequenceId = 0;
  let lost: NodeJS.Timeout | undefined;
  let ended = false;

  const send = (text: string) => {
    if (socket?.readyState === socket?.OPEN) socket?.send(text);
  };

  const session: Session = {
    hub,
    connectionId,
    reliable,
    reconnectionToken,
    ...(claims.userId === undefined ? {} : { userId: claims.userId }),
    roles: new Set(claims.roles),
    groups: new Set(claims.groups),
    isAttached: () => socket !== undefined,
    attach(opened) {
      clearTimeout(lost);
      socket?.terminate();
      socket = opened;
      session.reply({
        type: 'system',
        event: 'connected',
        connectionId,
        ...(claims.userId === undefined ? {} : { userId: claims.userId }),
        ...(reliable ? { reconnectionToken } : {}),
      });
      for (const { text } of unacknowledged) send(text);
    },
    detach(closed, isFinal) {
      if (socket !== closed || ended) return;
      socket = undefined;
      if (isFinal || !reliable) {
        onGone(session);
        return;
      }
      lost = setTimeout(onGone, recoveryMilliseconds, session);
      lost.unref();
    },
    reply: (message) => send(JSON.stringify(message)),
    deliver(message) {
      let text = JSON.stringify(message);
      if (reliable) {
        const sequenceId = ++lastSequenceId;
        text = JSON.stringify({ ...message, sequenceId });
        unacknowledged.push({ sequenceId, text });
        if (unacknowledged.length > mostUnacknowledged)
          return session.end('Too many messages are unacknowledged.', 1008);
      }
      if (faults.meets('lose')) return;
      const copies = faults.meets('repeat') ? 2 : 1;
      const { slow } = faults.current();
      for (let copy = 0; copy < copies; copy++) {
        if (slow === undefined) send(text);
        else setTimeout(send, slow.milliseconds, text);
      }
    },
    acknowledge(sequenceId) {
      unacknowledged = unacknowledged.filter((message) => message.sequenceId > sequenceId);
    },
    firstSeen(ackId) {
      if (ackIds.has(ackId)) return false;
      ackIds.add(ackId);
      const [oldest] = ackIds;
      if (ackIds.size > mostAckIds && oldest !== undefined) ackIds.delete(oldest);
      return true;
    },
    end(reason, code = 1000) {
      ended = true;
      clearTimeout(lost);
      onGone(session);
      session.reply({ type: 'system', event: 'disconnected', message: reason });
      socket?.close(code, reason.slice(0, 120));
    },
  };
  return session;
}
