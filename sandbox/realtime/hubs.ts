// The connections, users and groups of each hub. Nothing here is durable: the real service forgets them too.
import type { Filter } from './filter.ts';
import type { Payload, Session } from './session.ts';

export type Hubs = ReturnType<typeof createHubs>;

export function createHubs() {
  const sessions = new Map<string, Session>();
  /** Groups that a user's later connections join too, as long as the user has one. */
  const userGroups = new Map<string, Set<string>>();
  const userKey = (hub: string, userId: string) => `${hub}\n${userId}`;

  const ofHub = (hub: string) => [...sessions.values()].filter((session) => session.hub === hub);
  const ofUser = (hub: string, userId: string) => ofHub(hub).filter((session) => session.userId === userId);
  const ofGroup = (hub: string, group: string) => ofHub(hub).filter((session) => session.groups.has(group));
  const find = (hub: string, connectionId: string) => {
    const session = sessions.get(connectionId);
    return session?.hub === hub ? session : undefined;
  };

  return {
    ofHub,
    ofUser,
    ofGroup,
    find,
    all: () => [...sessions.values()],
    add(session: Session) {
      sessions.set(session.connectionId, session);
      if (session.userId === undefined) return;
      for (const group of userGroups.get(userKey(session.hub, session.userId)) ?? [])
        session.groups.add(group);
    },
    remove(session: Session) {
      sessions.delete(session.connectionId);
      const { hub, userId } = session;
      if (userId !== undefined && ofUser(hub, userId).length === 0) userGroups.delete(userKey(hub, userId));
    },
    addUserToGroup(hub: string, userId: string, group: string) {
      const connections = ofUser(hub, userId);
      if (connections.length === 0) return;
      const groups = userGroups.get(userKey(hub, userId)) ?? new Set();
      userGroups.set(userKey(hub, userId), groups.add(group));
      for (const session of connections) session.groups.add(group);
    },
    /** Out of one group, or out of all. */
    removeUserFromGroups(hub: string, userId: string, group?: string) {
      const remembered = userGroups.get(userKey(hub, userId));
      for (const groups of [remembered, ...ofUser(hub, userId).map((session) => session.groups)])
        if (group === undefined) groups?.clear();
        else groups?.delete(group);
    },
    sendToGroup(hub: string, group: string, payload: Payload, options: SendOptions = {}) {
      const { fromUserId } = options;
      const from = fromUserId === undefined ? {} : { fromUserId };
      for (const session of chosen(ofGroup(hub, group), options))
        session.deliver({ type: 'message', from: 'group', ...from, group, ...payload });
    },
    send(targets: Session[], payload: Payload, options: SendOptions = {}) {
      for (const session of chosen(targets, options))
        session.deliver({ type: 'message', from: 'server', ...payload });
    },
  };
}

export type SendOptions = { excluded?: string[]; filter?: Filter; fromUserId?: string };

function chosen(targets: Session[], { excluded = [], filter }: SendOptions): Session[] {
  return targets.filter(
    (session) => !excluded.includes(session.connectionId) && (filter === undefined || filter(session)),
  );
}

/** Whether a role that the token or the server gave covers the action on the group. */
export function isPermitted(session: Session, action: string, group?: string): boolean {
  return (
    session.roles.has(`webpubsub.${action}`) ||
    (group !== undefined && session.roles.has(`webpubsub.${action}.${group}`))
  );
}
