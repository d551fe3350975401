// What clients say in the subprotocols json.webpubsub.azure.v1 and json.reliable.webpubsub.azure.v1.
import { type Hubs, isPermitted } from './hubs.ts';
import type { DataType, Session } from './session.ts';

export const plainProtocol = 'json.webpubsub.azure.v1';
export const reliableProtocol = 'json.reliable.webpubsub.azure.v1';

type ClientMessage = {
  type?: unknown;
  group?: unknown;
  ackId?: unknown;
  noEcho?: unknown;
  dataType?: unknown;
  data?: unknown;
  event?: unknown;
  sequenceId?: unknown;
};

const dataTypes: DataType[] = ['json', 'text', 'binary', 'protobuf'];

/** Ends the session on a message that breaks the protocol. */
export function receive(session: Session, text: string, hubs: Hubs): void {
  const breach = obey(session, parse(text), hubs);
  if (breach !== undefined) session.end(breach, 1008);
}

/** What is wrong with the message, if it breaks the protocol. */
function obey(session: Session, message: ClientMessage | undefined, hubs: Hubs): string | undefined {
  if (message === undefined) return 'Invalid payload: a JSON object was expected.';
  switch (message.type) {
    case 'ping':
      session.reply({ type: 'pong' });
      return undefined;
    case 'sequenceAck':
      if (typeof message.sequenceId !== 'number') return 'Invalid value for sequenceId.';
      session.acknowledge(message.sequenceId);
      return undefined;
    case 'joinGroup':
    case 'leaveGroup':
    case 'sendToGroup':
    case 'event':
      return request(session, message, message.type, hubs);
    default:
      return `Invalid message type: ${String(message.type)}.`;
  }
}

/** A message that the client may want acknowledged, by giving it a number. */
function request(
  session: Session,
  message: ClientMessage,
  type: 'joinGroup' | 'leaveGroup' | 'sendToGroup' | 'event',
  hubs: Hubs,
): string | undefined {
  const { ackId, group } = message;
  if (ackId !== undefined && !(typeof ackId === 'number' && Number.isSafeInteger(ackId) && ackId >= 0))
    return 'Invalid value for ackId.';
  const acknowledge = (error?: { name: string; message: string }) => {
    if (ackId !== undefined)
      session.reply({ type: 'ack', ackId, success: error === undefined, ...(error ? { error } : {}) });
    return undefined;
  };
  if (ackId !== undefined && !session.firstSeen(ackId))
    return acknowledge({ name: 'Duplicate', message: `Message with ack-id: ${ackId} has been processed.` });
  // Without an event handler on the hub, events are taken and go nowhere.
  if (type === 'event') return acknowledge();

  if (typeof group !== 'string' || group === '' || group.length > 1024) return 'Invalid value for group.';
  const action = type === 'sendToGroup' ? 'sendToGroup' : 'joinLeaveGroup';
  if (!isPermitted(session, action, group))
    return acknowledge({
      name: 'Forbidden',
      message: `The client does not have permission to ${action === 'sendToGroup' ? 'send to' : 'join or leave'} group '${group}'.`,
    });
  if (type === 'joinGroup') session.groups.add(group);
  else if (type === 'leaveGroup') session.groups.delete(group);
  else {
    const dataType = dataTypes.find((one) => one === (message.dataType ?? 'json'));
    if (dataType === undefined || message.data === undefined) return 'Invalid value for dataType or data.';
    hubs.sendToGroup(
      session.hub,
      group,
      { dataType, data: message.data },
      {
        ...(message.noEcho === true ? { excluded: [session.connectionId] } : {}),
        ...(session.userId === undefined ? {} : { fromUserId: session.userId }),
      },
    );
  }
  return acknowledge();
}

function parse(text: string): ClientMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
