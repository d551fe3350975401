import { badRequest } from '../graph-error.ts';

import { asJson, eitherCase, isJson } from '../json.ts';

import { calendarsWrite } from '../permissions.ts';

import type { Call, Route } from '../route.ts';

import { answerEvent } from './answer-event.ts';
import { askedItem } from './asked-item.ts';
import { readTime } from './event-body.ts';
import type { Answer } from './mail.ts';
import { instantOf } from './zones.ts';

function readAnswer(call: Call, response: Answer['response']): Answer {
  const body = call.body === undefined ? {} : asJson(call.body, response);
  const comment = eitherCase(body, 'comment');
  const slot = eitherCase(body, 'proposedNewTime');
  if (slot !== undefined && slot !== null && response === 'accepted') {
    throw badRequest('A new time cannot be proposed with an acceptance.', 'ErrorInvalidRequest');
  }
  const send = eitherCase(body, 'sendResponse');
  const proposed = isJson(slot)
    ? (() => {
        const start = readTime(slot.start, 'start');
        const end = readTime(slot.end, 'end');
        return { start: instantOf(start.wall, start.zone), end: instantOf(end.wall, end.zone) };
      })()
    : undefined;
  if (proposed !== undefined && send === false) {
    throw badRequest(
      'A new time is proposed in a response: sendResponse cannot be false.',
      'ErrorInvalidRequest',
    );
  }
  return {
    response,
    send: send !== false,
    ...(typeof comment === 'string' && comment !== '' ? { comment } : {}),
    ...(proposed === undefined ? {} : { proposed }),
  };
}

function answerRoute(action: string, response: Answer['response']): Route {
  return {
    method: 'POST',
    path: `~/events/{event}/${action}`,
    service: 'outlook',
    allow: calendarsWrite,
    ownOnly: true,
    handle(call) {
      const { item, date } = askedItem(call, true);
      answerEvent(call.world, call.owner, item, date, readAnswer(call, response));
      return { status: 202 };
    },
  };
}

export const answerRoutes: Route[] = [
  answerRoute('accept', 'accepted'),
  answerRoute('tentativelyAccept', 'tentativelyAccepted'),
  answerRoute('decline', 'declined'),
];
