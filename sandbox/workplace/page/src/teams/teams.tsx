// Teams: the app by itself, and the chats of the meetings with the app as a tab.
import {
  Avatar,
  AvatarGroup,
  AvatarGroupItem,
  Body1,
  Button,
  Caption1,
  makeStyles,
  mergeClasses,
  Subtitle1,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { VideoRegular } from '@fluentui/react-icons';
import type { MeetingChat } from '../../../model.ts';
import { backend, useLoaded } from '../backend.ts';
import { go, usePlace } from '../location.ts';
import { Waiting } from '../shell/waiting.tsx';
import { useTexts } from '../texts.ts';
import { clockText, shortDayText } from '../time.ts';
import { useWorkday } from '../workday.ts';
import { TabFrame } from './tab-frame.tsx';
import { WithoutApp } from './without-app.tsx';

const useStyles = makeStyles({
  list: {
    width: '260px',
    flexShrink: 0,
    overflow: 'auto',
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  group: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}` },
  entry: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    width: '100%',
    boxSizing: 'border-box',
    textAlign: 'left',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      color: tokens.colorNeutralForeground1Hover,
    },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
  },
  text: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  main: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    minHeight: '44px',
  },
  heading: { margin: 0 },
  grow: { flexGrow: 1 },
  notice: { padding: tokens.spacingHorizontalXL },
});

export function Teams() {
  const styles = useStyles();
  const t = useTexts();
  const { me, organisation, locale } = useWorkday();
  const { chat, sub } = usePlace();
  const chats = useLoaded(`chats ${me.id}`, () => backend.chats(me.id));
  const open = chats.value?.find((one) => one.chatId === chat);

  return (
    <>
      <nav className={styles.list} aria-label={t('teams')}>
        <Caption1 block className={styles.group}>
          {t('personalApp')}
        </Caption1>
        <button
          type="button"
          className={mergeClasses(styles.entry, chat === '' && styles.chosen)}
          onClick={() => go({ chat: '', sub: '' })}
        >
          <Avatar name="Medspill" color="brand" shape="square" size={32} />
          <Text weight="semibold">Medspill</Text>
        </button>
        <Caption1 block className={styles.group}>
          {t('meetings')}
        </Caption1>
        {chats.value?.map((one) => (
          <button
            key={one.chatId}
            type="button"
            className={mergeClasses(styles.entry, one.chatId === chat && styles.chosen)}
            onClick={() => go({ chat: one.chatId, sub: '' })}
          >
            <AvatarGroup layout="stack" size={24}>
              {one.with.map((name) => (
                <AvatarGroupItem key={name} name={name} />
              ))}
            </AvatarGroup>
            <span className={styles.text}>
              <Text className={styles.line}>{one.subject}</Text>
              <Caption1>
                {shortDayText(one.start, me.zone, locale)} {clockText(one.start, me.zone, locale)}
              </Caption1>
            </span>
          </button>
        ))}
        {chats.value?.length === 0 && <Body1 className={styles.group}>{t('noMeetings')}</Body1>}
      </nav>
      <div className={styles.main}>
        {chat === '' ? (
          <>
            <div className={styles.head}>
              <Avatar name="Medspill" color="brand" shape="square" size={24} />
              <Subtitle2 as="h1" className={styles.heading}>
                Medspill
              </Subtitle2>
            </div>
            <TabFrame
              frameContext="content"
              path={organisation.pages.personal}
              entityId={organisation.entityIds.personal}
              {...(sub === '' ? {} : { subPageId: sub })}
            />
          </>
        ) : open === undefined ? (
          <Waiting error={chats.error} />
        ) : (
          <ChatPage chat={open} />
        )}
      </div>
    </>
  );
}

function ChatPage({ chat }: { chat: MeetingChat }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, organisation } = useWorkday();
  const { sub } = usePlace();
  const appointment = useLoaded(`appointment ${me.id} ${chat.appointmentId}`, () =>
    backend.appointment(me.id, chat.appointmentId),
  );
  const meeting = appointment.value?.meeting;
  return (
    <>
      <div className={styles.head}>
        <Subtitle1 as="h1" className={styles.heading}>
          {chat.subject}
        </Subtitle1>
        <div className={styles.grow} />
        <Button
          appearance="primary"
          icon={<VideoRegular />}
          onClick={() => go({ view: 'meeting', item: chat.appointmentId, sub: '' })}
        >
          {t('join')}
        </Button>
      </div>
      {appointment.value === undefined ? (
        <Waiting error={appointment.error} />
      ) : meeting === undefined || !meeting.hasApp ? (
        <div className={styles.notice}>
          <WithoutApp meeting={meeting} reload={appointment.reload} />
        </div>
      ) : (
        <TabFrame
          frameContext="content"
          path={organisation.pages.meeting}
          entityId={organisation.entityIds.meeting}
          chatId={meeting.chatId}
          meetingId={meeting.meetingId}
          {...(sub === '' ? {} : { subPageId: sub })}
        />
      )}
    </>
  );
}
