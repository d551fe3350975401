// In the meeting: the stage with those invited, and the app in the side panel at Teams' 320 px.
import {
  Avatar,
  Badge,
  Button,
  Caption1,
  makeStyles,
  mergeClasses,
  Subtitle2,
  shorthands,
  Text,
  ToggleButton,
  tokens,
} from '@fluentui/react-components';
import {
  CallEndRegular,
  DismissRegular,
  MicOffRegular,
  MicRegular,
  PanelRightRegular,
  VideoOffRegular,
  VideoRegular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import type { OpenAppointment } from '../../../model.ts';
import { backend, useLoaded } from '../backend.ts';
import { go, usePlace } from '../location.ts';
import { Waiting } from '../shell/waiting.tsx';
import { useTexts } from '../texts.ts';
import { spanText } from '../time.ts';
import { useWorkday } from '../workday.ts';
import { TabFrame } from './tab-frame.tsx';
import { WithoutApp } from './without-app.tsx';

const useStyles = makeStyles({
  room: {
    flexGrow: 1,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground6,
  },
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flexWrap: 'wrap',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  heading: { margin: 0 },
  name: { display: 'flex', flexDirection: 'column' },
  grow: { flexGrow: 1 },
  leave: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ':hover': {
      backgroundColor: tokens.colorStatusDangerBackground3Hover,
      color: tokens.colorNeutralForegroundOnBrand,
    },
  },
  floor: { display: 'flex', flexGrow: 1, minHeight: 0 },
  stage: {
    flexGrow: 1,
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
  },
  tile: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    alignItems: 'center',
    justifyContent: 'center',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundImage: `linear-gradient(160deg, ${tokens.colorNeutralBackground1}, ${tokens.colorBrandBackground2})`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    minHeight: '180px',
  },
  absent: { backgroundImage: 'none', ...shorthands.borderStyle('dashed') },
  tag: {
    position: 'absolute',
    left: tokens.spacingHorizontalM,
    bottom: tokens.spacingVerticalM,
    padding: `2px ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  panel: {
    width: '320px',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  panelHead: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
  },
  notice: { padding: tokens.spacingHorizontalM },
});

export function Meeting() {
  const { me } = useWorkday();
  const { item } = usePlace();
  const loaded = useLoaded(`appointment ${me.id} ${item}`, () => backend.appointment(me.id, item));
  if (loaded.value === undefined) return <Waiting error={loaded.error} />;
  return <Room appointment={loaded.value} reload={loaded.reload} />;
}

function Room({ appointment, reload }: { appointment: OpenAppointment; reload(): void }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, organisation, locale } = useWorkday();
  const { sub } = usePlace();
  const [panel, setPanel] = useState(true);
  const [microphone, setMicrophone] = useState(true);
  const [camera, setCamera] = useState(false);
  const { meeting } = appointment;
  // Asking is also how the others hear that one is here.
  const room = useLoaded(`room ${me.id} ${appointment.id}`, () => backend.enter(me.id, appointment.id));
  const isHere = (address: string) => room.value?.present.includes(address) === true;
  const people = [appointment.organizer, ...appointment.invitees];

  return (
    <div className={styles.room}>
      <div className={styles.bar}>
        <div className={styles.name}>
          <Subtitle2 as="h1" className={styles.heading}>
            {appointment.subject}
          </Subtitle2>
          <Caption1>{spanText(appointment.start, appointment.end, me.zone, locale)}</Caption1>
        </div>
        <Badge appearance="tint" color="success">
          {t('inMeeting')}
        </Badge>
        <div className={styles.grow} />
        <ToggleButton
          appearance="subtle"
          checked={microphone}
          icon={microphone ? <MicRegular /> : <MicOffRegular />}
          onClick={() => setMicrophone(!microphone)}
        >
          {t('microphone')}
        </ToggleButton>
        <ToggleButton
          appearance="subtle"
          checked={camera}
          icon={camera ? <VideoRegular /> : <VideoOffRegular />}
          onClick={() => setCamera(!camera)}
        >
          {t('camera')}
        </ToggleButton>
        <ToggleButton
          appearance="subtle"
          checked={panel}
          icon={<PanelRightRegular />}
          onClick={() => setPanel(!panel)}
        >
          Medspill
        </ToggleButton>
        <Button
          className={styles.leave}
          icon={<CallEndRegular />}
          onClick={() => go({ view: 'calendar', item: appointment.id, sub: '' })}
        >
          {t('leave')}
        </Button>
      </div>
      <div className={styles.floor}>
        <div className={styles.stage}>
          {people.map((person) => (
            <div
              key={person.address}
              className={mergeClasses(styles.tile, !isHere(person.address) && styles.absent)}
            >
              <Avatar
                name={person.name}
                color="colorful"
                size={96}
                active={person.address === me.mail ? 'active' : 'unset'}
                aria-hidden
              />
              <Text className={styles.tag}>
                {person.address === me.mail ? t('you', { name: person.name }) : person.name}
                {!isHere(person.address) && ` · ${t('notHere')}`}
              </Text>
            </div>
          ))}
        </div>
        {panel && (
          <aside className={styles.panel} aria-label={t('sidePanel')}>
            <div className={styles.panelHead}>
              <Subtitle2 as="h2">Medspill</Subtitle2>
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={`${t('close')} Medspill`}
                onClick={() => setPanel(false)}
              />
            </div>
            {meeting === undefined || !meeting.hasApp ? (
              <div className={styles.notice}>
                <WithoutApp meeting={meeting} reload={reload} />
              </div>
            ) : (
              <TabFrame
                frameContext="sidePanel"
                path={organisation.pages.meeting}
                entityId={organisation.entityIds.meeting}
                chatId={meeting.chatId}
                meetingId={meeting.meetingId}
                {...(sub === '' ? {} : { subPageId: sub })}
              />
            )}
          </aside>
        )}
      </div>
    </div>
  );
}
