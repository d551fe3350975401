// Microsoft To Do: lists and tasks of one person.

import { readTime } from '../calendar/event-body.ts';
import { newKey } from '../calendar/ids.ts';
import { graphInstant } from '../calendar/zones.ts';
import { badRequest, GraphError } from '../graph-error.ts';
import { asJson, type Json, optionalList, optionalText, refuseUnknown } from '../json.ts';
import { page, select } from '../odata/query.ts';
import { tasksRead, tasksWrite } from '../permissions.ts';
import type { Call, Route } from '../route.ts';

const readOnly = new Set([
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'bodyLastModifiedDateTime',
  'hasAttachments',
]);
const settable = new Set([
  'title',
  'body',
  'categories',
  'completedDateTime',
  'dueDateTime',
  'importance',
  'isReminderOn',
  'recurrence',
  'reminderDateTime',
  'startDateTime',
  'status',
  'linkedResources',
  'checklistItems',
  'extensions',
]);

function notFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

function lists(call: Call): Json[] {
  const book = call.world.documents('todoList');
  if (book.ownedBy(call.owner.id).length === 0) {
    const id = `list-${call.owner.id}`;
    book.put(
      { id, owner: call.owner.id },
      {
        id,
        displayName: call.owner.language === 'nb-NO' ? 'Oppgaver' : 'Tasks',
        isOwner: true,
        isShared: false,
        wellknownListName: 'defaultList',
      },
    );
  }
  return book.ownedBy(call.owner.id);
}

function listId(call: Call): string {
  const found = lists(call).find((list) => list.id === call.params.list);
  if (found === undefined) throw notFound();
  return String(found.id);
}

function taskOf(call: Call): Json {
  const owner = listId(call);
  const task = call.world
    .documents('todoTask')
    .ownedBy(owner)
    .find(({ id }) => id === call.params.task);
  if (task === undefined) throw notFound();
  return task;
}

function readTask(call: Call): Json {
  const body = asJson(call.body, 'todoTask');
  refuseUnknown(body, new Set([...readOnly, ...settable]), 'microsoft.graph.todoTask');
  for (const name of ['dueDateTime', 'reminderDateTime', 'startDateTime', 'completedDateTime']) {
    if (body[name] !== undefined && body[name] !== null) readTime(body[name], name);
  }
  const task = Object.fromEntries(Object.entries(body).filter(([name]) => settable.has(name)));
  const linked = optionalList(body, 'linkedResources');
  if (linked !== undefined)
    task.linkedResources = linked.map((resource) => ({
      ...asJson(resource, 'linkedResources'),
      id: newKey(),
    }));
  return task;
}

/** Linked resources come by `$expand` only. */
function taskJson(call: Call, task: Json): Json {
  const { linkedResources, ...rest } = task;
  return /linkedResources/.test(call.query.get('$expand') ?? '')
    ? { ...rest, linkedResources: linkedResources ?? [] }
    : rest;
}

const outlook = { service: 'outlook' as const, ownOnly: true };
const paged = (call: Call, values: Json[]) => ({
  status: 200,
  body: page(values, { address: call.address, query: call.query, defaultTop: 100, maxTop: 1000 }),
});

export const taskRoutes: Route[] = [
  {
    ...outlook,
    method: 'GET',
    path: '~/todo/lists',
    allow: tasksRead,
    handle: (call) => paged(call, lists(call)),
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/todo/lists',
    allow: tasksWrite,
    handle(call) {
      const displayName = optionalText(asJson(call.body, 'todoTaskList'), 'displayName');
      if (displayName === undefined || displayName === '') throw badRequest('A list needs a displayName.');
      lists(call);
      const id = newKey();
      const list = { id, displayName, isOwner: true, isShared: false, wellknownListName: 'none' };
      call.world.documents('todoList').put({ id, owner: call.owner.id }, list);
      return { status: 201, body: list };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/todo/lists/{list}/tasks',
    allow: tasksRead,
    handle: (call) =>
      paged(
        call,
        call.world
          .documents('todoTask')
          .ownedBy(listId(call))
          .map((task) => taskJson(call, task)),
      ),
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/todo/lists/{list}/tasks',
    allow: tasksWrite,
    handle(call) {
      const owner = listId(call);
      const id = newKey();
      const now = graphInstant(call.world.clock.now());
      const task: Json = {
        '@odata.etag': `W/"${newKey()}"`,
        importance: 'normal',
        isReminderOn: false,
        status: 'notStarted',
        title: '',
        body: { content: '', contentType: 'text' },
        categories: [],
        hasAttachments: false,
        ...readTask(call),
        createdDateTime: now,
        lastModifiedDateTime: now,
        bodyLastModifiedDateTime: now,
        id,
      };
      call.world.documents('todoTask').put({ id, owner }, task);
      return { status: 201, body: taskJson(call, task) };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/todo/lists/{list}/tasks/{task}',
    allow: tasksRead,
    handle: (call) => ({ status: 200, body: select(taskJson(call, taskOf(call)), call.query) }),
  },
  {
    ...outlook,
    method: 'PATCH',
    path: '~/todo/lists/{list}/tasks/{task}',
    allow: tasksWrite,
    handle(call) {
      const task: Json = {
        ...taskOf(call),
        ...readTask(call),
        '@odata.etag': `W/"${newKey()}"`,
        lastModifiedDateTime: graphInstant(call.world.clock.now()),
      };
      call.world.documents('todoTask').put({ id: String(task.id), owner: listId(call) }, task);
      return { status: 200, body: taskJson(call, task) };
    },
  },
  {
    ...outlook,
    method: 'DELETE',
    path: '~/todo/lists/{list}/tasks/{task}',
    allow: tasksWrite,
    handle(call) {
      call.world.documents('todoTask').remove(String(taskOf(call).id));
      return { status: 204 };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/todo/lists/{list}/tasks/{task}/linkedResources',
    allow: tasksWrite,
    handle(call) {
      const task = taskOf(call);
      const resource = { ...asJson(call.body, 'linkedResource'), id: newKey() };
      const known = Array.isArray(task.linkedResources) ? task.linkedResources : [];
      call.world
        .documents('todoTask')
        .put(
          { id: String(task.id), owner: listId(call) },
          { ...task, linkedResources: [...known, resource] },
        );
      return { status: 201, body: resource };
    },
  },
];
