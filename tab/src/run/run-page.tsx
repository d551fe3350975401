import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { FullScreenMaximize20Regular, FullScreenMinimize20Regular } from '@fluentui/react-icons';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import type { AgendaKey } from '@medspill/domain/run/agenda';
import { useEffect } from 'react';
import { useCommand } from '../client/use-command.ts';
import type { SaveState } from '../prepare/preparation-draft.ts';
import { SaveLine } from '../prepare/save-line.tsx';
import { useSay } from '../shell/host-context.tsx';
import { fetched } from '../ui/fetched.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Section } from '../ui/section.tsx';
import { AgendaBar, itemOf } from './agenda-bar.tsx';
import type { Link } from './live-client.ts';
import { LiveProvider, useMeeting } from './live-context.tsx';
import { NotIncludedTray } from './not-included.tsx';
import { PrivateNotes } from './private-notes.tsx';
import { SharedField } from './shared-field.tsx';
import { ShortForm } from './short-form.tsx';
import { useTalkView } from './talk-view.ts';
import { useShownItem } from './use-shown-item.ts';

/** What each item of the agenda has beside its note: the one that is shown is fetched first, the others when it stands. */
const parts: Record<AgendaKey, ReturnType<typeof fetched>> = {
  open: fetched(() => import('./frames.tsx').then((m) => m.Frames)),
  since_last: fetched(() => import('./since-last-item.tsx').then((m) => m.SinceLast)),
  numbers: fetched(() => import('./numbers-item.tsx').then((m) => m.Numbers)),
  stages: fetched(() => import('./stages-item.tsx').then((m) => m.Stages)),
  goals: fetched(() => import('./goals-item.tsx').then((m) => m.Goals)),
  resources: fetched(() => import('./resources-item.tsx').then((m) => m.Resources)),
  plan: fetched(() => import('./plan-item.tsx').then((m) => m.Plan)),
  close: fetched(() => import('./close-item.tsx').then((m) => m.Close)),
};

/** How often the review itself is read while no bell is heard: it may have been started by the other. */
const lookMs = 10_000;
/** When the other items are fetched, after the form stands: in time for a tunnel, and not before what is looked at. */
const prefetchMs = 3_000;

const useStyles = makeStyles({
  guide: { color: tokens.colorNeutralForeground2, textWrap: 'pretty', maxWidth: '44rem' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

type Props = {
  review: ReviewView;
  surface: 'side-panel' | 'tab';
  onReview: (review: ReviewView) => void;
  /** Reads the review again. */
  reload: () => void;
};

/** The meeting: one item of the agenda at a time, in a form that both write in. */
export function RunPage({ review, surface, onReview, reload }: Props) {
  const t = useSay();
  const talk = useTalkView();
  const actions = (
    <Button
      appearance="subtle"
      icon={talk.on ? <FullScreenMinimize20Regular /> : <FullScreenMaximize20Regular />}
      onClick={talk.toggle}
    >
      {t(talk.on ? texts.leaveFullScreen : texts.fullScreen)}
    </Button>
  );
  return (
    <Page
      title={t(texts.title)}
      {...(surface === 'tab' ? { lead: talk.on ? undefined : t(texts.lead), actions } : {})}
    >
      <LiveProvider key={review.id} review={review}>
        <Meeting onReview={onReview} reload={reload} inTalk={talk.on} />
      </LiveProvider>
    </Page>
  );
}

type MeetingProps = { onReview: (review: ReviewView) => void; reload: () => void; inTalk: boolean };

function Meeting({ onReview, reload, inTalk }: MeetingProps) {
  const styles = useStyles();
  const t = useSay();
  const { form, review, other } = useMeeting();
  const shown = useShownItem();
  const view = form?.view;
  const rung = view?.bells.review ?? 0;
  const hears = view?.hears ?? false;
  useEffect(() => {
    if (rung > 0) reload();
  }, [rung, reload]);
  useEffect(() => {
    if (hears) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), lookMs);
    return () => clearInterval(timer);
  }, [hears, reload]);

  const stands = form !== undefined;
  useEffect(() => {
    if (!stands) return;
    const timer = setTimeout(() => {
      for (const part of Object.values(parts)) part.prefetch();
    }, prefetchMs);
    return () => clearTimeout(timer);
  }, [stands]);

  if (view?.ended !== undefined) {
    return (
      <>
        <NotIncludedTray />
        <Text>{t(texts.ended)}</Text>
      </>
    );
  }
  const item = itemOf(shown.item);
  const Part = parts[shown.item];
  return (
    <>
      {review.startedAt === undefined && review.state === 'planned' && <StartMeeting onReview={onReview} />}
      {view !== undefined && view.state !== 'open' && (
        <Notice intent="info">{t(view.state === 'sealed' ? texts.sealed : texts.frozen)}</Notice>
      )}
      {form !== undefined && <NotIncludedTray />}
      <AgendaBar {...shown} />
      {form !== undefined && <ShortForm offered={shown.item === 'open'} />}
      <Section key={shown.item} title={t(item.title)} look="card">
        <Text as="p" block className={styles.guide}>
          {t(item.guide)}
        </Text>
        {form !== undefined && <Part />}
        <SharedField name={`note.${shown.item}`} label={t(texts.note)} rows={3} />
      </Section>
      {/* Both look at the screen now: notes that were open are closed. */}
      <PrivateNotes key={String(inTalk)} />
      {view === undefined ? (
        <Text size={200} role="status" className={styles.guide}>
          {t(texts.opening)}
        </Text>
      ) : (
        <SaveLine
          state={saveStateOf(view.link, view.state)}
          lasting={view.lasting}
          {...(view.seen ? { seenBy: other.firstName } : {})}
        />
      )}
    </>
  );
}

function saveStateOf(link: Link, state: string): SaveState {
  if (state !== 'open' && link === 'saved') return 'saved';
  return link === 'opening' ? 'sending' : link;
}

function StartMeeting({ onReview }: { onReview: (review: ReviewView) => void }) {
  const styles = useStyles();
  const t = useSay();
  const { review } = useMeeting();
  const start = useCommand('startReview', onReview);
  return (
    <Section title={t(texts.start)} look="card">
      <Text as="p" block className={styles.guide}>
        {t(texts.startHelp)}
      </Text>
      <ProblemNotice problem={start.problem} onRetry={start.again} />
      <div className={styles.row}>
        <Button
          appearance="primary"
          disabledFocusable={start.busy}
          onClick={() => void start.run({ params: { reviewId: review.id } })}
        >
          {t(texts.start)}
        </Button>
      </div>
    </Section>
  );
}
