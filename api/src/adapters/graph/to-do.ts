// Steps of goals as tasks in a list of their own in Microsoft To Do, of whoever asks and in their name only.
import { done, type Outcome } from '@medspill/domain/refusals';
import type { DateText } from '@medspill/domain/time';
import type { TodoTask, TodoTaskList } from '@microsoft/microsoft-graph-types';
import type { Actor, ToDo, ToDoStep } from '../../ports.ts';
import { type Graph, refusalOf } from './client.ts';
import { deepLink } from './deep-link.ts';

const listName = 'Medspill';
const scopes = ['Tasks.ReadWrite'] as const;

export function createToDo(graph: Graph): ToDo {
  const mailboxOf = (actor: Actor) => (actor.kind === 'person' ? `todo/${actor.personId}` : 'todo');

  async function ownList(actor: Actor, make: boolean): Promise<Outcome<string | undefined>> {
    const lists = await graph.list<TodoTaskList>({
      actor,
      mailbox: mailboxOf(actor),
      method: 'GET',
      path: '/me/todo/lists',
      scopes,
    });
    if (!lists.ok) return refusalOf(lists);
    const found = lists.value.find(({ displayName }) => displayName === listName);
    if (found?.id !== undefined || !make) return done(found?.id);
    const made = await graph.call<TodoTaskList>({
      actor,
      mailbox: mailboxOf(actor),
      method: 'POST',
      path: '/me/todo/lists',
      body: { displayName: listName },
      scopes,
    });
    return made.ok ? done(made.value.id) : refusalOf(made);
  }

  /** By the step's own name on the linked resource: To Do knows no transaction ids, so we look before we create. */
  async function ownTasks(actor: Actor, listId: string): Promise<Outcome<Map<string, TodoTask>>> {
    const tasks = await graph.list<TodoTask>({
      actor,
      mailbox: mailboxOf(actor),
      method: 'GET',
      path: `/me/todo/lists/${encodeURIComponent(listId)}/tasks`,
      query: { $expand: 'linkedResources' },
      scopes,
    });
    if (!tasks.ok) return refusalOf(tasks);
    const named = tasks.value.flatMap((task) =>
      (task.linkedResources ?? []).map(({ externalId }) => [externalId ?? '', task] as const),
    );
    return done(new Map(named));
  }

  return {
    async read(actor, keys) {
      const list = await ownList(actor, false);
      if (!list.ok) return list;
      if (list.value === undefined) return done(keys.map(() => undefined));
      const tasks = await ownTasks(actor, list.value);
      if (!tasks.ok) return tasks;
      return done(keys.map((key) => isDone(tasks.value.get(key))));
    },

    async put(actor, steps, target) {
      const list = await ownList(actor, true);
      if (!list.ok) return list;
      const listId = list.value ?? '';
      const tasks = await ownTasks(actor, listId);
      if (!tasks.ok) return tasks;
      for (const step of steps) {
        const task = tasks.value.get(step.key);
        if (task !== undefined && isDone(task) === step.done) continue;
        const path = `/me/todo/lists/${encodeURIComponent(listId)}/tasks`;
        const body = task === undefined ? newTask(step, deepLink(graph.config, target)) : statusOf(step);
        const answer = await graph.call<TodoTask>({
          actor,
          mailbox: mailboxOf(actor),
          method: task === undefined ? 'POST' : 'PATCH',
          path: task === undefined ? path : `${path}/${encodeURIComponent(task.id ?? '')}`,
          body,
          scopes,
        });
        if (!answer.ok) return refusalOf(answer);
      }
      return done(true);
    },
  };
}

function isDone(task: TodoTask | undefined): boolean | undefined {
  return task === undefined ? undefined : task.status === 'completed';
}

function statusOf({ done }: ToDoStep): TodoTask {
  return { status: done ? 'completed' : 'notStarted' };
}

function newTask(step: ToDoStep, webUrl: string): TodoTask {
  return {
    title: step.text,
    ...statusOf(step),
    ...(step.dueOn === undefined ? {} : { dueDateTime: dueOn(step.dueOn, step.zone) }),
    linkedResources: [{ webUrl, applicationName: listName, displayName: listName, externalId: step.key }],
  };
}

function dueOn(date: DateText, zone: string): { dateTime: string; timeZone: string } {
  return { dateTime: `${date}T00:00:00`, timeZone: zone };
}
