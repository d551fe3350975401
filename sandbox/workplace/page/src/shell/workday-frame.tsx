// The frame around everything: header, rail and the app in use; and the services that all parts share.
import {
  Badge,
  Button,
  makeStyles,
  Subtitle2,
  Toast,
  Toaster,
  ToastTitle,
  Tooltip,
  tokens,
  useId,
  useToastController,
} from '@fluentui/react-components';
import { BeakerSettingsRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { ClockReading, Colleague, Organisation } from '../../../model.ts';
import { Activity } from '../activity/activity.tsx';
import { backend, useLoaded } from '../backend.ts';
import { Calendar } from '../calendar/calendar.tsx';
import { go, usePlace } from '../location.ts';
import { Mail } from '../mail/mail.tsx';
import { readLink } from '../teams/deep-link.ts';
import { Meeting } from '../teams/meeting.tsx';
import { Teams } from '../teams/teams.tsx';
import { useTexts } from '../texts.ts';
import { type Workday, WorkdayContext } from '../workday.ts';
import { AskDialog, type Question } from './ask-dialog.tsx';
import { ClockMenu } from './clock-menu.tsx';
import { FaultDrawer } from './fault-drawer.tsx';
import { LookMenu } from './look-menu.tsx';
import { PersonMenu } from './person-menu.tsx';
import { Rail } from './rail.tsx';
import { Waiting } from './waiting.tsx';

const useStyles = makeStyles({
  frame: { display: 'flex', flexDirection: 'column', height: '100%' },
  header: {
    height: '48px',
    flexShrink: 0,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalM}`,
  },
  grow: { flexGrow: 1 },
  body: { display: 'flex', flexGrow: 1, minHeight: 0 },
  main: {
    flexGrow: 1,
    minWidth: 0,
    minHeight: 0,
    display: 'flex',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopLeftRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow4,
    overflow: 'hidden',
  },
});

export function WorkdayFrame({ organisation, me }: { organisation: Organisation; me: Colleague }) {
  const styles = useStyles();
  const t = useTexts();
  const place = usePlace();
  const toasterId = useId('toaster');
  const { dispatchToast } = useToastController(toasterId);
  const clock = useLoaded<ClockReading>(`clock ${me.id}`, () => backend.clock(me.id));
  const notices = useLoaded(`notices ${me.id}`, () => backend.notices(me.id));
  const offset = useRef(0);
  const [moved, setMoved] = useState<ClockReading>();
  const [question, setQuestion] = useState<Question>();
  const [advanced, setAdvanced] = useState(false);
  const reading = clock.value ?? moved;
  const seen = useRef('');
  if (reading !== undefined && reading.now !== seen.current) {
    seen.current = reading.now;
    offset.current = Date.parse(reading.now) - Date.now();
  }

  const say: Workday['say'] = (text, intent = 'success') =>
    dispatchToast(
      <Toast>
        <ToastTitle>{text}</ToastTitle>
      </Toast>,
      { intent, timeout: 4_000 },
    );

  const workday: Workday = {
    organisation,
    me,
    locale: place.lang === 'nb' ? 'nb-NO' : 'en-GB',
    now: () => Date.now() + offset.current,
    say,
    async attempt(work, done) {
      try {
        await work();
        if (done !== undefined) say(done);
        return true;
      } catch (error) {
        say(t('failed', { reason: error instanceof Error ? error.message : String(error) }), 'error');
        return false;
      }
    },
    follow(text) {
      const link = readLink(text);
      if (link === undefined) return false;
      if (link.kind === 'web') window.open(link.url, '_blank', 'noopener');
      else if (link.kind === 'app') {
        if (link.appId !== organisation.teamsAppId) return false;
        go({ view: 'teams', item: '', chat: link.chatId, sub: link.subPageId });
      } else {
        void workday.attempt(async () => {
          const { id } = await backend.findJoin(me.id, link.url);
          if (id !== undefined) go({ view: 'meeting', item: id, sub: '' });
        });
      }
      return true;
    },
    ask: (kind) =>
      new Promise((resolve) => {
        setQuestion({
          kind,
          answer(yes) {
            setQuestion(undefined);
            resolve(yes);
          },
        });
      }),
  };

  return (
    <WorkdayContext.Provider value={workday}>
      <div className={styles.frame}>
        <header className={styles.header}>
          <Subtitle2>{organisation.name}</Subtitle2>
          <Tooltip content={t('sandboxHint')} relationship="description">
            <Badge appearance="tint" shape="rounded" tabIndex={0}>
              {t('sandbox')}
            </Badge>
          </Tooltip>
          <div className={styles.grow} />
          {reading !== undefined && (
            <ClockMenu
              {...(reading.nextReview === undefined ? {} : { nextReview: reading.nextReview })}
              moved={(next) => {
                setMoved(next);
                clock.reload();
                notices.reload();
              }}
            />
          )}
          <Button
            appearance="subtle"
            icon={<BeakerSettingsRegular />}
            aria-label={t('advanced')}
            onClick={() => setAdvanced(true)}
          />
          <LookMenu />
          <PersonMenu />
        </header>
        <div className={styles.body}>
          <Rail notices={notices.value?.filter((notice) => !notice.isRead).length ?? 0} />
          <main className={styles.main}>
            {reading === undefined ? (
              <Waiting error={clock.error} />
            ) : place.view === 'calendar' ? (
              <Calendar />
            ) : place.view === 'mail' ? (
              <Mail />
            ) : place.view === 'activity' ? (
              <Activity notices={notices.value} />
            ) : place.view === 'meeting' ? (
              <Meeting />
            ) : (
              <Teams />
            )}
          </main>
        </div>
      </div>
      <AskDialog question={question} />
      <FaultDrawer open={advanced} close={() => setAdvanced(false)} />
      <Toaster toasterId={toasterId} position="bottom-end" />
    </WorkdayContext.Provider>
  );
}
