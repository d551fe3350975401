// One appointment as Outlook opens it: for its organizer with the add-in at the side.
import {
  Avatar,
  Badge,
  Body1,
  Button,
  Caption1,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Subtitle1,
  Text,
  Textarea,
  ToggleButton,
  Toolbar,
  ToolbarButton,
  ToolbarDivider,
  tokens,
} from '@fluentui/react-components';
import {
  AppsAddInRegular,
  ArrowLeftRegular,
  ArrowRepeatAllRegular,
  AttachRegular,
  CalendarCancelRegular,
  CalendarEditRegular,
  CheckmarkRegular,
  ClockRegular,
  DeleteRegular,
  DismissRegular,
  LocationRegular,
  LockClosedRegular,
  PeopleRegular,
  QuestionRegular,
  VideoRegular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import type { Answered, Invitee, OpenAppointment } from '../../../model.ts';
import { backend, useLoaded } from '../backend.ts';
import { go } from '../location.ts';
import { officeItemOf } from '../outlook/office-item.ts';
import { OfficePane } from '../outlook/office-pane.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useTexts } from '../texts.ts';
import { clockText, instantText, shortDayText, spanText, zoned } from '../time.ts';
import { useWorkday } from '../workday.ts';
import { HtmlBody } from './html-body.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  ribbon: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexWrap: 'wrap' },
  body: { display: 'flex', flexGrow: 1, minHeight: 0 },
  content: {
    flexGrow: 1,
    minWidth: 0,
    overflow: 'auto',
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  title: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  heading: { margin: 0 },
  row: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
  icon: { flexShrink: 0, color: tokens.colorNeutralForeground2, marginTop: '2px' },
  people: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  person: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  column: { display: 'flex', flexDirection: 'column' },
  files: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

export function AppointmentPage({ id }: { id: string }) {
  const t = useTexts();
  const { me } = useWorkday();
  const loaded = useLoaded(`appointment ${me.id} ${id}`, () => backend.appointment(me.id, id));
  if (loaded.value !== undefined) return <Opened appointment={loaded.value} reload={loaded.reload} />;
  return (
    <>
      <Button
        appearance="subtle"
        icon={<ArrowLeftRegular />}
        aria-label={t('back')}
        onClick={() => go({ item: '' })}
      />
      <Waiting error={loaded.error} />
    </>
  );
}

type Question = 'none' | 'move' | 'propose' | 'cancel';

function Opened({ appointment, reload }: { appointment: OpenAppointment; reload(): void }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, locale, attempt } = useWorkday();
  // Open by itself where it has something to say; elsewhere a click away, as in Outlook.
  const [pane, setPane] = useState(appointment.meeting?.hasApp === true);
  const [question, setQuestion] = useState<Question>('none');
  const { id, joinUrl } = appointment;
  const hasAnswer = !appointment.isOrganizer && !appointment.isCancelled;
  const hasPane = appointment.isOrganizer && pane;

  async function act(work: () => Promise<unknown>, leave = false): Promise<void> {
    if (await attempt(work)) {
      setQuestion('none');
      if (leave) go({ item: '' });
      else reload();
    }
  }
  const respond = (response: Answered) => () => void act(() => backend.respond(me.id, id, { response }));

  return (
    <div className={styles.page}>
      <Toolbar className={styles.ribbon} aria-label={appointment.subject}>
        <ToolbarButton icon={<ArrowLeftRegular />} aria-label={t('back')} onClick={() => go({ item: '' })} />
        {joinUrl !== undefined && !appointment.isCancelled && (
          <ToolbarButton
            appearance="primary"
            icon={<VideoRegular />}
            onClick={() => go({ view: 'meeting', item: id, sub: '' })}
          >
            {t('join')}
          </ToolbarButton>
        )}
        <ToolbarDivider />
        {hasAnswer && (
          <>
            <ToolbarButton icon={<CheckmarkRegular />} onClick={respond('accepted')}>
              {t('accept')}
            </ToolbarButton>
            <ToolbarButton icon={<QuestionRegular />} onClick={respond('tentativelyAccepted')}>
              {t('tentative')}
            </ToolbarButton>
            <ToolbarButton icon={<DismissRegular />} onClick={respond('declined')}>
              {t('decline')}
            </ToolbarButton>
            <ToolbarButton icon={<ClockRegular />} onClick={() => setQuestion('propose')}>
              {t('propose')}
            </ToolbarButton>
          </>
        )}
        {appointment.isOrganizer && (
          <>
            <ToolbarButton icon={<CalendarEditRegular />} onClick={() => setQuestion('move')}>
              {t('moveMeeting')}
            </ToolbarButton>
            <ToolbarButton icon={<CalendarCancelRegular />} onClick={() => setQuestion('cancel')}>
              {t('cancelMeeting')}
            </ToolbarButton>
            <ToggleButton
              appearance="subtle"
              icon={<AppsAddInRegular />}
              checked={pane}
              onClick={() => setPane(!pane)}
            >
              {t('addIn')}
            </ToggleButton>
          </>
        )}
        {appointment.seriesId !== undefined && (
          <ToolbarButton
            icon={<ArrowRepeatAllRegular />}
            onClick={() => go({ item: appointment.seriesId ?? '' })}
          >
            {t('openSeries')}
          </ToolbarButton>
        )}
        {appointment.isCancelled && (
          <ToolbarButton
            icon={<DeleteRegular />}
            onClick={() => void act(() => backend.remove(me.id, id), true)}
          >
            {t('removeItem')}
          </ToolbarButton>
        )}
      </Toolbar>
      <div className={styles.body}>
        <article className={styles.content}>
          <div className={styles.title}>
            <Subtitle1 as="h1" className={styles.heading}>
              {appointment.subject}
            </Subtitle1>
            {appointment.isCancelled && <Badge color="danger">{t('cancelled')}</Badge>}
            {appointment.isRecurring && (
              <Badge appearance="tint" icon={<ArrowRepeatAllRegular />}>
                {t('series')}
              </Badge>
            )}
            {appointment.isPrivate && (
              <Badge appearance="tint" icon={<LockClosedRegular />}>
                {t('privateItem')}
              </Badge>
            )}
            {hasAnswer && (
              <Badge appearance="outline">
                {t('yourAnswer', { answer: t(`response_${appointment.response}`) })}
              </Badge>
            )}
          </div>
          <div className={styles.row}>
            <ClockRegular fontSize={20} className={styles.icon} />
            <Body1>{spanText(appointment.start, appointment.end, me.zone, locale)}</Body1>
          </div>
          {appointment.location !== '' && (
            <div className={styles.row}>
              <LocationRegular fontSize={20} className={styles.icon} />
              <Body1>{appointment.location}</Body1>
            </div>
          )}
          {joinUrl !== undefined && (
            <div className={styles.row}>
              <VideoRegular fontSize={20} className={styles.icon} />
              <Button
                appearance="outline"
                size="small"
                onClick={() => go({ view: 'meeting', item: id, sub: '' })}
              >
                {t('joinTeams')}
              </Button>
            </div>
          )}
          <div className={styles.row}>
            <PeopleRegular fontSize={20} className={styles.icon} />
            <div className={styles.people}>
              <Attendee
                invitee={{ ...appointment.organizer, response: 'organizer' }}
                appointment={appointment}
              />
              {appointment.invitees.map((invitee) => (
                <Attendee key={invitee.address} invitee={invitee} appointment={appointment} />
              ))}
            </div>
          </div>
          {appointment.attachments.length > 0 && (
            <div className={styles.row}>
              <AttachRegular fontSize={20} className={styles.icon} />
              <div className={styles.files}>
                {appointment.attachments.map((file) => (
                  <Button
                    key={file.id}
                    as="a"
                    size="small"
                    href={`/workplace/api/attachment?person=${me.id}&id=${encodeURIComponent(id)}&attachment=${encodeURIComponent(file.id)}`}
                    download={file.name}
                  >
                    {file.name} ({Math.ceil(file.size / 1024)} KB)
                  </Button>
                ))}
              </div>
            </div>
          )}
          <HtmlBody html={appointment.bodyHtml} title={appointment.subject} />
        </article>
        {hasPane && (
          <OfficePane
            item={officeItemOf(appointment)}
            change={(part) =>
              void act(async () => {
                if (part.start !== undefined || part.end !== undefined) {
                  await backend.move(me.id, id, part.start ?? appointment.start, part.end ?? appointment.end);
                }
              })
            }
            finish={async () => go({ item: '' })}
            save={async () => officeItemOf(appointment).itemId ?? ''}
            send={async () => go({ item: '' })}
            close={() => setPane(false)}
          />
        )}
      </div>
      {(question === 'move' || question === 'propose') && (
        <MoveDialog
          appointment={appointment}
          title={t(question === 'move' ? 'moveMeeting' : 'propose')}
          close={() => setQuestion('none')}
          choose={(start, end) =>
            void act(() =>
              question === 'move'
                ? backend.move(me.id, id, start, end)
                : backend.respond(me.id, id, { response: 'tentativelyAccepted', proposed: { start, end } }),
            )
          }
        />
      )}
      {question === 'cancel' && (
        <CancelDialog
          close={() => setQuestion('none')}
          cancel={(comment) => void act(() => backend.cancel(me.id, id, comment), true)}
        />
      )}
    </div>
  );
}

function Attendee({ invitee, appointment }: { invitee: Invitee; appointment: OpenAppointment }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, locale, attempt } = useWorkday();
  const { proposed } = invitee;
  return (
    <div className={styles.person}>
      <Avatar name={invitee.name} color="colorful" size={32} />
      <div className={styles.column}>
        <Text>{invitee.name}</Text>
        <Caption1>{t(`response_${invitee.response}`)}</Caption1>
        {proposed !== undefined && (
          <Button
            size="small"
            disabled={!appointment.isOrganizer}
            onClick={() =>
              void attempt(() => backend.move(me.id, appointment.id, proposed.start, proposed.end))
            }
          >
            {t('proposed', {
              time: `${shortDayText(proposed.start, me.zone, locale)} ${clockText(proposed.start, me.zone, locale)}`,
            })}
          </Button>
        )}
      </div>
    </div>
  );
}

type MoveProps = {
  appointment: OpenAppointment;
  title: string;
  choose(start: string, end: string): void;
  close(): void;
};

function MoveDialog({ appointment, title, choose, close }: MoveProps) {
  const styles = useStyles();
  const t = useTexts();
  const { me } = useWorkday();
  const before = zoned(appointment.start, me.zone);
  const minutes = Math.round((Date.parse(appointment.end) - Date.parse(appointment.start)) / 60_000);
  const [date, setDate] = useState(before.toPlainDate().toString());
  const [time, setTime] = useState(before.toPlainTime().toString().slice(0, 5));
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && close()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const start = instantText(date, time, me.zone);
            choose(start, new Date(Date.parse(start) + minutes * 60_000).toISOString());
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.form}>
              <Field label={t('when')}>
                <Input type="date" required value={date} onChange={(_event, data) => setDate(data.value)} />
              </Field>
              <Field label={t('start')}>
                <Input type="time" required value={time} onChange={(_event, data) => setTime(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{t('cancel')}</Button>
              <Button type="submit" appearance="primary">
                {t('send')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

function CancelDialog({ cancel, close }: { cancel(comment: string): void; close(): void }) {
  const styles = useStyles();
  const t = useTexts();
  const [comment, setComment] = useState('');
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('cancelMeeting')}</DialogTitle>
          <DialogContent className={styles.form}>
            <Body1>{t('cancelMeetingText')}</Body1>
            <Field label={t('message')}>
              <Textarea value={comment} onChange={(_event, data) => setComment(data.value)} />
            </Field>
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{t('close')}</Button>
            <Button appearance="primary" onClick={() => cancel(comment)}>
              {t('cancelMeeting')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
