// What people do by hand in Outlook and Teams, without our app: the workplace page calls these as the person.

import type { Person } from '../people.ts';
import { answerEvent } from './calendar/answer-event.ts';
import { changeEvent } from './calendar/change-event.ts';
import { createEvent } from './calendar/create-event.ts';
import type { CalendarItem, Instance } from './calendar/event.ts';
import { eventId, newKey, parseEventId } from './calendar/ids.ts';
import type { Answer } from './calendar/mail.ts';
import { sendMeeting } from './calendar/mail.ts';
import { masterInstance } from './calendar/occurrences.ts';
import { cancelEvent, removeEvent } from './calendar/remove-event.ts';
import { wallOf } from './calendar/zones.ts';
import { itemNotFound } from './graph-error.ts';
import type { Json } from './json.ts';
import type { Subscriptions } from './subscriptions.ts';
import { type Chat, chatMembers, saveChat } from './teams/meetings.ts';
import { installPersonally } from './teams/personal-apps.ts';
import { personOf, type World } from './world.ts';

export type GraphClientActions = {
  /** Outlook saves a new appointment as it is composed: nobody is mailed. The event is Graph's JSON. Gives its id. */
  createDraft(personId: string, event: Json): string;
  changeDraft(personId: string, id: string, changes: Json): void;
  discardDraft(personId: string, id: string): void;
  /** Send: the draft becomes an ordinary appointment, and attendees get their invitations. */
  sendDraft(personId: string, id: string): void;
  /** An ordinary appointment made in Outlook; gives its id. */
  create(personId: string, event: Json): string;
  /** Any change made in Outlook, in Graph's JSON. */
  change(personId: string, id: string, changes: Json): void;
  /** Drags an event or occurrence to another time (epoch milliseconds), keeping its length unless `end` is given. */
  move(personId: string, id: string, start: number, end?: number): void;
  /** An organizer cancels the event, series or occurrence. */
  cancel(personId: string, id: string, comment?: string): void;
  /** Deletes from one's own calendar; for an organizer it cancels. */
  remove(personId: string, id: string): void;
  answer(personId: string, id: string, answer: Answer): void;
  /** Opens the meeting's chat, which makes it visible to all. */
  openChat(personId: string, chatId: string): void;
  writeInChat(personId: string, chatId: string, html: string): void;
  /** Adds the app from the catalogue for oneself. */
  installApp(personId: string, appId: string): void;
  uninstallApp(personId: string, appId: string): void;
  /** Adds the app to a meeting, as any member may in Teams. */
  installInChat(personId: string, chatId: string, appId: string): void;
  readActivity(personId: string, activityId: string): void;
  /** Ticks a task in To Do, or takes the tick back. */
  tickTask(personId: string, taskId: string, done: boolean): void;
  deleteTask(personId: string, taskId: string): void;
  /** The service drops a subscription, or tells that notifications were lost. */
  endSubscription(id: string, event: 'subscriptionRemoved' | 'missed' | 'reauthorizationRequired'): void;
};

export function createClientActions(world: World, subscriptions: Subscriptions): GraphClientActions {
  function act<T>(work: () => T): T {
    const result = world.store.transaction(work);
    subscriptions.pump();
    return result;
  }

  function find(personId: string, id: string): { owner: Person; item: CalendarItem; date?: string } {
    const parsed = parseEventId(id);
    const item = parsed === undefined ? undefined : world.items.get(parsed.key);
    if (item === undefined || item.mailbox !== personId) throw itemNotFound();
    return {
      owner: personOf(world, personId),
      item,
      ...(parsed?.date === undefined ? {} : { date: parsed.date }),
    };
  }

  function idOf(instance: Instance): string {
    return eventId(instance.item.key, instance.date, true);
  }

  function taskOf(personId: string, taskId: string): { list: string; task: Json } {
    for (const { id } of world.documents('todoList').ownedBy(personId)) {
      const list = String(id);
      const task = world
        .documents('todoTask')
        .ownedBy(list)
        .find((one) => one.id === taskId);
      if (task !== undefined) return { list, task };
    }
    throw itemNotFound();
  }

  function chatOf(personId: string, chatId: string): Chat {
    const chat = world.chats.get(chatId);
    if (chat === undefined || !chatMembers(world, chat).some((member) => member.id === personId))
      throw itemNotFound();
    return chat;
  }

  return {
    createDraft: (personId, event) =>
      act(() => {
        const { attendees, ...rest } = event;
        const made = createEvent(world, personOf(world, personId), rest).item;
        const draft = { ...made, isDraft: true };
        world.items.save(draft);
        if (attendees !== undefined)
          changeEvent(world, personOf(world, personId), draft, undefined, { attendees });
        return idOf(masterInstance(draft));
      }),
    changeDraft(personId, id, changes) {
      act(() => {
        const { owner, item } = find(personId, id);
        if (!item.isDraft) throw itemNotFound();
        changeEvent(world, owner, item, undefined, changes);
      });
    },
    discardDraft(personId, id) {
      act(() => {
        const { item } = find(personId, id);
        if (!item.isDraft) throw itemNotFound();
        removeEvent(world, item, undefined);
      });
    },
    sendDraft(personId, id) {
      act(() => {
        const { item } = find(personId, id);
        const sent = { ...item, isDraft: false, version: world.store.next(), changedAt: world.clock.now() };
        world.items.save(sent);
        world.changed({ mailbox: item.mailbox, key: item.key, type: 'updated' });
        sendMeeting(world, 'invitation', masterInstance(sent), sent.details.attendees, true);
      });
    },
    create: (personId, event) => act(() => idOf(createEvent(world, personOf(world, personId), event))),
    change(personId, id, changes) {
      act(() => {
        const { owner, item, date } = find(personId, id);
        changeEvent(world, owner, item, date, changes);
      });
    },
    move(personId, id, start, end) {
      act(() => {
        const { owner, item, date } = find(personId, id);
        const time = (instant: number) => ({ dateTime: wallOf(instant, item.zone), timeZone: item.zone });
        changeEvent(world, owner, item, date, {
          start: time(start),
          ...(end === undefined ? {} : { end: time(end) }),
        });
      });
    },
    cancel(personId, id, comment) {
      act(() => {
        const { item, date } = find(personId, id);
        cancelEvent(world, item, date, comment);
      });
    },
    remove(personId, id) {
      act(() => {
        const { item, date } = find(personId, id);
        removeEvent(world, item, date);
      });
    },
    answer(personId, id, answer) {
      act(() => {
        const { owner, item, date } = find(personId, id);
        answerEvent(world, owner, item, date, answer);
      });
    },
    openChat(personId, chatId) {
      act(() => saveChat(world, { ...chatOf(personId, chatId), hidden: false }));
    },
    writeInChat(personId, chatId, html) {
      act(() => {
        const chat = chatOf(personId, chatId);
        const now = world.clock.now();
        const message = { id: newKey(), at: now, from: personId, html };
        saveChat(world, { ...chat, hidden: false, messages: [...chat.messages, message], changedAt: now });
      });
    },
    installApp(personId, appId) {
      act(() => installPersonally(world, personOf(world, personId), appId));
    },
    uninstallApp(personId, appId) {
      act(() => {
        for (const install of world.personalInstalls.ownedBy(personId)) {
          if (install.appId === appId) world.personalInstalls.remove(install.id);
        }
      });
    },
    installInChat(personId, chatId, appId) {
      act(() => {
        const chat = chatOf(personId, chatId);
        const app = world.catalogue.find((candidate) => candidate.id === appId);
        if (app === undefined) throw itemNotFound();
        if (chat.installedApps.some((install) => install.appId === appId)) return;
        const id = Buffer.from(`${chat.id}##${appId}`).toString('base64url');
        const tab = { id: newKey(), appId, displayName: app.displayName, configuration: null };
        saveChat(world, {
          ...chat,
          hidden: false,
          installedApps: [...chat.installedApps, { id, appId }],
          tabs: app.staticChatTab ? [...chat.tabs, tab] : chat.tabs,
          changedAt: world.clock.now(),
        });
      });
    },
    readActivity(personId, activityId) {
      act(() => {
        const activity = world.activities.get(activityId);
        if (activity === undefined || activity.personId !== personId) throw itemNotFound();
        world.activities.put({ id: activityId, owner: personId }, { ...activity, read: true });
      });
    },
    tickTask(personId, taskId, done) {
      act(() => {
        const { list, task } = taskOf(personId, taskId);
        const status = done ? 'completed' : 'notStarted';
        world.documents('todoTask').put({ id: taskId, owner: list }, { ...task, status });
      });
    },
    deleteTask(personId, taskId) {
      act(() => {
        taskOf(personId, taskId);
        world.documents('todoTask').remove(taskId);
      });
    },
    endSubscription(id, event) {
      act(() => subscriptions.lifecycle(id, event));
    },
  };
}
