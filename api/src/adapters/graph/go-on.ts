// Takes a booking as far as it can: create without attendees → attach the agenda → invite → blocks → re-read → app.
// Until the invitation nobody has heard of the meeting, so a create that went through twice is cleared away unseen.
import { setTimeout as wait } from 'node:timers/promises';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { Attachment, Event } from '@microsoft/microsoft-graph-types';
import type { PairDocument, SeriesDocument } from '../../documents.ts';
import type { Actor, Clock, Paper } from '../../ports.ts';
import { firstOccurrence, prepEvent, reflectEvent } from './blocks.ts';
import { type Graph, type GraphAnswer, type GraphCall, mailboxPath } from './client.ts';
import { endFormers } from './end-series.ts';
import { recurrenceOf, tags, timesOf } from './event.ts';
import { calendarScopes, type FoundBooking, findBooking } from './found-booking.ts';
import { attachmentName, bodyOf, subjectOf } from './invitation.ts';
import { findThread, installApp } from './meeting-chat.ts';

type Save = (pair: PairDocument) => Promise<PairDocument>;
type World = { graph: Graph; paper: Paper; clock: Clock };

const chatNeedsMs = 600;

/** Graph's answer that ends this attempt; the outbox goes on later, or the person does. */
class Stopped extends Error {
  readonly failure: Exclude<GraphAnswer<never>, { ok: true }>;
  constructor(failure: Exclude<GraphAnswer<never>, { ok: true }>) {
    super(failure.code);
    this.failure = failure;
  }
}

export async function goOn(
  world: World,
  actor: Actor,
  pair: PairDocument,
  save: Save,
): Promise<Outcome<PairDocument>> {
  const attempt = createAttempt(world, actor, pair, save);
  try {
    await attempt.endFormer();
    await attempt.book();
    await attempt.bringApp();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const { status, code, refusal } = error.failure;
    if (refusal.code !== 'microsoft_unavailable') return refuse(refusal);
    if (status === 0 || status === 429 || status >= 500) return refuse(refusal);
    // Of a missing permission the person can be told; nobody can mend another final no by waiting.
    if (status === 403) return refuse({ code: 'consent_required', scopes: [] });
    // Somebody has deleted what was being booked: a new series mends that, waiting does not.
    const isGone = status === 404 && attempt.pair().series?.steps.created === true;
    const problem = isGone ? 'series_gone' : `graph_${status}_${code}`.slice(0, 100);
    await attempt.keep({ state: 'failed', problem });
  }
  return done(attempt.pair());
}

function createAttempt({ graph, paper, clock }: World, actor: Actor, given: PairDocument, save: Save) {
  let pair = given;
  let found: FoundBooking | undefined;
  let createdAt: number | undefined;
  const base = `${mailboxPath(actor, pair.managerId)}/events`;

  const series = (): SeriesDocument => {
    if (pair.series === undefined) throw new Error('a booking without a series');
    return pair.series;
  };
  async function keep(change: Partial<SeriesDocument>, step?: keyof SeriesDocument['steps']): Promise<void> {
    const steps = step === undefined ? series().steps : { ...series().steps, [step]: true };
    pair = await save({ ...pair, series: { ...series(), ...change, steps } });
  }
  function value<T>(answer: GraphAnswer<T>): T {
    if (answer.ok) return answer.value;
    throw new Stopped(answer);
  }
  const call = <T>(request: Omit<GraphCall, 'actor' | 'mailbox' | 'scopes'>) =>
    graph.call<T>({ actor, mailbox: pair.managerId, scopes: calendarScopes, ...request });
  const event = (id: string) => `${base}/${encodeURIComponent(id)}`;
  async function look(): Promise<FoundBooking> {
    found = value(await findBooking(graph, actor, pair, series()));
    return found;
  }

  /**
   * Creates what is not there. After an answer that leaves open whether it went through it looks first, and then
   * creates with the same transactionId, so that a mailbox whose lists lag behind still gives one event.
   */
  async function create(body: Event, standing: (found: FoundBooking) => Event | undefined): Promise<Event> {
    for (let attempt = 0; ; attempt++) {
      const known = found === undefined ? undefined : standing(found);
      if (known !== undefined) return known;
      const answer = await call<Event>({ method: 'POST', path: base, body });
      if (answer.ok) return answer.value;
      if ((answer.status !== 0 && answer.status < 500) || attempt >= 2) throw new Stopped(answer);
      await look();
    }
  }

  async function createSeries(): Promise<void> {
    const first = firstOccurrence(series());
    const body: Event = {
      subject: subjectOf(pair),
      body: { contentType: 'html', content: bodyOf(graph.config, pair, series()) },
      ...timesOf(first),
      recurrence: recurrenceOf(series().pattern, first.date, series().months),
      sensitivity: 'private',
      showAs: 'busy',
      allowNewTimeProposals: true,
      responseRequested: true,
      transactionId: series().transactionId,
      ...tags(pair, series(), 'series'),
      ...(series().inPerson
        ? { isOnlineMeeting: false }
        : { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' }),
    };
    let made = await create(body, mainOf);
    const joinUrlOf = (one: Event) => one.onlineMeeting?.joinUrl ?? undefined;
    if (!series().inPerson && joinUrlOf(made) === undefined && made.id) {
      // Teams may be a moment behind. Still none: the manager has no Teams licence, and they meet in person.
      made = value(await call<Event>({ method: 'GET', path: event(made.id) }));
    }
    const joinUrl = joinUrlOf(made);
    createdAt = performance.now();
    if (!made.id || !made.iCalUId) throw new Error('Graph answered an event without ids');
    await keep(
      {
        eventId: made.id,
        iCalUId: made.iCalUId,
        ...(joinUrl === undefined ? { inPerson: true } : { joinUrl }),
      },
      'created',
    );
  }

  /** The event that is ours: the one that has been invited to, or that we know, or the oldest. */
  function mainOf(booking: FoundBooking): Event | undefined {
    return (
      booking.series.find((one) => (one.attendees ?? []).length > 0) ??
      booking.series.find((one) => one.id === series().eventId) ??
      booking.series[0]
    );
  }

  /** Takes away what stands twice. Nobody was invited to it, so nobody hears of it. */
  async function clearDoubles(booking: FoundBooking): Promise<boolean> {
    const main = mainOf(booking);
    const doubles = [
      ...booking.series.filter((one) => one !== main),
      ...booking.reflect.slice(1),
      ...[...booking.prep.values()].flatMap((events) => events.slice(1)),
    ];
    for (const { id } of doubles) if (id) await remove(event(id));
    const agendas = agendasOf(main);
    for (const { id } of agendas.slice(1)) {
      if (main?.id && id) await remove(`${event(main.id)}/attachments/${encodeURIComponent(id)}`);
    }
    if (main?.id && main.iCalUId && main.id !== series().eventId) {
      await keep({ eventId: main.id, iCalUId: main.iCalUId });
    }
    return doubles.length > 0 || agendas.length > 1;
  }

  async function remove(path: string): Promise<void> {
    const answer = await call<void>({ method: 'DELETE', path });
    if (!answer.ok && answer.status !== 404) throw new Stopped(answer);
  }

  function agendasOf(one: Event | undefined): Attachment[] {
    const name = attachmentName(pair.seller.language);
    return (one?.attachments ?? []).filter((attachment) => attachment.name === name);
  }

  /** Written while Graph makes the event. */
  let written: Promise<Uint8Array> | undefined;
  function agenda(): Promise<Uint8Array> {
    written ??= paper.agenda({ pair, language: pair.seller.language });
    // A failure is thrown where the file is needed, if it still is.
    written.catch(() => undefined);
    return written;
  }

  async function attach(): Promise<void> {
    const { eventId } = series();
    if (eventId === undefined) throw new Error('attach before create');
    const file = await agenda();
    for (let attempt = 0; ; attempt++) {
      const standing = found?.series.find((one) => one.id === eventId);
      if (agendasOf(standing).length > 0) break;
      const answer = await call<Attachment>({
        method: 'POST',
        path: `${event(eventId)}/attachments`,
        body: {
          '@odata.type': '#microsoft.graph.fileAttachment',
          name: attachmentName(pair.seller.language),
          contentType: 'application/pdf',
          contentBytes: Buffer.from(file).toString('base64'),
        },
      });
      if (answer.ok) break;
      if ((answer.status !== 0 && answer.status < 500) || attempt >= 2) throw new Stopped(answer);
      // Attachments have no transactionId: look whether this one arrived.
      await look();
    }
    await keep({}, 'attached');
  }

  /** The one invitation: only the added person hears of it, and gets body and attachment with it. */
  async function invite(): Promise<void> {
    const { eventId } = series();
    if (eventId === undefined) throw new Error('invite before create');
    const { mail, name } = pair.seller;
    value(
      await call<Event>({
        method: 'PATCH',
        path: event(eventId),
        body: { attendees: [{ emailAddress: { address: mail, name }, type: 'required' }] },
      }),
    );
    await keep({}, 'invited');
  }

  async function bookBlocks(): Promise<void> {
    const first = firstOccurrence(series());
    const { id: reflectBlockId } = await create(
      reflectEvent(graph.config, pair, series()),
      (booking) => booking.reflect[0],
    );
    const part = `prep/${series().firstMonth}`;
    const prep = prepEvent(graph.config, pair, series(), series().firstMonth, first, clock.now());
    const made =
      prep === undefined ? undefined : await create(prep, (booking) => booking.prep.get(part)?.[0]);
    await keep(
      {
        ...(reflectBlockId ? { reflectBlockId } : {}),
        ...(made?.id ? { prepBlockId: made.id } : {}),
      },
      'blocks',
    );
  }

  /** What the mailbox holds now is what counts, not what our calls were answered. */
  function standsAsBooked(booking: FoundBooking): boolean {
    const main = booking.series.find((one) => one.id === series().eventId);
    const invited = (main?.attendees ?? []).some(
      ({ emailAddress }) => emailAddress?.address?.toLowerCase() === pair.seller.mail.toLowerCase(),
    );
    const blocks = !series().privateBlocks || booking.reflect.length === 1;
    return booking.series.length === 1 && agendasOf(main).length === 1 && invited && blocks;
  }

  return {
    pair: () => pair,
    keep,

    /** The series before this one, and the private blocks around it. */
    async endFormer(): Promise<void> {
      const { endsGeneration, ...rest } = series();
      if (endsGeneration === undefined) return;
      const ended = await endFormers(graph, actor, pair, clock.now());
      if (!ended.ok) throw new Stopped({ ok: false, status: 503, code: 'former', refusal: ended.refusal });
      pair = await save({ ...pair, series: rest });
    },

    async book(): Promise<void> {
      if (series().state === 'booked') return;
      if (series().attempted === true) await clearDoubles(await look());
      else await keep({ attempted: true });
      if (!series().steps.attached) void agenda();
      if (!series().steps.created) await createSeries();
      if (!series().steps.attached) await attach();
      if (found !== undefined) await clearDoubles(found);
      if (!series().steps.invited) await invite();
      if (series().privateBlocks && !series().steps.blocks) await bookBlocks();
      const standing = await look();
      if ((await clearDoubles(standing)) || !standsAsBooked(standing)) {
        if (!standsAsBooked(await look())) {
          throw new Stopped({
            ok: false,
            status: 0,
            code: 'not_yet_as_written',
            refusal: { code: 'microsoft_unavailable', retryAfterSeconds: 30 },
          });
        }
      }
      const { problem: _problem, ...rest } = series();
      pair = await save({ ...pair, series: { ...rest, state: 'booked' } });
    },

    /** Late, refused or hidden, the chat never holds up a booking: the personal tab is a full way in. */
    async bringApp(): Promise<void> {
      const { steps, joinUrl, inPerson } = series();
      if (steps.appInstalled || inPerson || joinUrl === undefined) return;
      let threadId = series().threadId;
      if (threadId === undefined) {
        const thread = await findThread(graph, actor, pair.managerId, joinUrl);
        // The app may read meetings only where Teams' administrators have given it an access policy.
        if (!thread.ok && thread.status === 403 && actor.kind === 'app') return;
        threadId = value(thread);
        if (threadId === undefined) return;
        await keep({ threadId });
      }
      // A meeting's chat is a moment younger than its event: a call too early is a call for nothing.
      if (createdAt !== undefined) await wait(Math.max(0, createdAt + chatNeedsMs - performance.now()));
      const installed = await installApp(graph, actor, pair.managerId, threadId);
      if (!installed.ok && installed.status === 403 && actor.kind === 'app') return;
      if (value(installed)) await keep({}, 'appInstalled');
    },
  };
}
