// A new appointment as its organizer composes it, with the add-in at the side. Nothing is saved before it is sent.
import {
  Checkbox,
  Combobox,
  Dropdown,
  Field,
  Input,
  makeStyles,
  Option,
  Textarea,
  ToggleButton,
  Toolbar,
  ToolbarButton,
  ToolbarDivider,
  tokens,
} from '@fluentui/react-components';
import { AppsAddInRegular, DeleteRegular, SendRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { DraftToSend } from '../../../model.ts';
import type { OfficeItem, OfficeRecurrence } from '../../../office-messages.ts';
import { backend } from '../backend.ts';
import { go } from '../location.ts';
import { ewsId } from '../outlook/office-item.ts';
import { OfficePane } from '../outlook/office-pane.tsx';
import { useTexts } from '../texts.ts';
import { instantText, zoned } from '../time.ts';
import { useWorkday } from '../workday.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  ribbon: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  body: { display: 'flex', flexGrow: 1, minHeight: 0 },
  scroll: { flexGrow: 1, minWidth: 0, overflow: 'auto' },
  form: {
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    maxWidth: '760px',
  },
  times: { display: 'flex', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  dropdown: { minWidth: '160px' },
});

type Draft = {
  subject: string;
  date: string;
  from: string;
  to: string;
  invitees: string[];
  body: string;
  isMonthly: boolean;
  isOnlineMeeting: boolean;
  owner: string;
};

/** The next half hour in office hours. */
function emptyDraft(now: number, zone: string, owner: string): Draft {
  const half = 1_800_000;
  let start = zoned(Math.ceil(now / half) * half, zone);
  while (start.dayOfWeek > 5 || start.hour < 8 || start.hour >= 16) start = start.add({ minutes: 30 });
  const text = (minutes: number) => start.add({ minutes }).toPlainTime().toString().slice(0, 5);
  return {
    subject: '',
    date: start.toPlainDate().toString(),
    from: text(0),
    to: text(30),
    invitees: [],
    body: '',
    isMonthly: false,
    isOnlineMeeting: true,
    owner,
  };
}

/** Outlook proposes the same weekday of the month. */
function monthly(date: string, from: string, minutes: number, zone: string): OfficeRecurrence {
  const day = zoned(instantText(date, from, zone), zone);
  const numbers = ['first', 'second', 'third', 'fourth', 'last'];
  return {
    recurrenceType: 'monthly',
    recurrenceProperties: {
      interval: 1,
      weekNumber: numbers[Math.ceil(day.day / 7) - 1],
      dayOfWeek: day.toLocaleString('en-GB', { weekday: 'short' }).toLowerCase(),
    },
    recurrenceTimeZone: { name: zone },
    series: { startDate: date, startTime: from, minutes },
  };
}

const weekdays: Record<string, string> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};

function graphRecurrence({ recurrenceProperties, series }: OfficeRecurrence) {
  return {
    pattern: {
      type: 'relativeMonthly',
      interval: 1,
      daysOfWeek: [weekdays[String(recurrenceProperties.dayOfWeek)]],
      index: recurrenceProperties.weekNumber,
    },
    range: { type: 'numbered', startDate: series.startDate, numberOfOccurrences: 12 },
  };
}

export function DraftPage() {
  const styles = useStyles();
  const t = useTexts();
  const { me, organisation, now, say, attempt } = useWorkday();
  const [draft, setDraft] = useState(() => emptyDraft(now(), me.zone, me.id));
  const [pane, setPane] = useState(true);
  const [savedId, setSavedId] = useState<string>();
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  const mailboxes = organisation.colleagues.filter((one) => one.id === me.id || one.id === me.managerId);
  const owner = organisation.colleagues.find((one) => one.id === draft.owner) ?? me;
  const start = instantText(draft.date, draft.from, me.zone);
  const end = instantText(draft.date, draft.to, me.zone);
  const minutes = Math.max(0, Math.round((Date.parse(end) - Date.parse(start)) / 60_000));
  const named = (id: string) => organisation.colleagues.find((one) => one.id === id);
  const item: OfficeItem = {
    ...(savedId === undefined ? {} : { itemId: ewsId(savedId) }),
    subject: draft.subject,
    start,
    end,
    requiredAttendees: draft.invitees.flatMap((id) => {
      const person = named(id);
      return person === undefined ? [] : [{ displayName: person.name, emailAddress: person.mail }];
    }),
    optionalAttendees: [],
    organizer: { displayName: owner.name, emailAddress: owner.mail },
    location: '',
    body: draft.body,
    recurrence: draft.isMonthly ? monthly(draft.date, draft.from, minutes, me.zone) : null,
  };

  function takeOver(part: Partial<OfficeItem>): void {
    const next: Partial<Draft> = {};
    if (part.subject !== undefined) next.subject = part.subject;
    if (part.body !== undefined) next.body = part.body;
    if (part.start !== undefined) {
      const at = zoned(part.start, me.zone);
      next.date = at.toPlainDate().toString();
      next.from = at.toPlainTime().toString().slice(0, 5);
      next.to = at.add({ minutes }).toPlainTime().toString().slice(0, 5);
    }
    if (part.end !== undefined) next.to = zoned(part.end, me.zone).toPlainTime().toString().slice(0, 5);
    if (part.requiredAttendees !== undefined) {
      const mails = new Set(part.requiredAttendees.map((one) => one.emailAddress.toLowerCase()));
      next.invitees = organisation.colleagues.filter((one) => mails.has(one.mail)).map((one) => one.id);
    }
    change(next);
  }

  const composed: DraftToSend = {
    subject: draft.subject,
    start: `${draft.date}T${draft.from}:00`,
    end: `${draft.date}T${draft.to}:00`,
    zone: me.zone,
    invitees: draft.invitees,
    bodyHtml: draft.body,
    isOnlineMeeting: draft.isOnlineMeeting,
    ...(item.recurrence === null ? {} : { recurrence: graphRecurrence(item.recurrence) }),
  };

  async function save(): Promise<string> {
    const { id } = await backend.saveDraft(owner.id, composed, savedId);
    setSavedId(id);
    return ewsId(id);
  }

  async function send(): Promise<void> {
    await backend.send(owner.id, composed, savedId);
    go({ item: '', date: draft.date });
  }

  async function discard(): Promise<void> {
    if (savedId !== undefined) await backend.discardDraft(owner.id, savedId);
    say(t('discarded'), 'info');
    go({ item: '' });
  }

  return (
    <div className={styles.page}>
      <Toolbar className={styles.ribbon} aria-label={t('newAppointment')}>
        <ToolbarButton
          appearance="primary"
          icon={<SendRegular />}
          disabled={draft.subject === '' || minutes === 0}
          onClick={() => void attempt(send, t('sent'))}
        >
          {t(draft.invitees.length === 0 ? 'save' : 'send')}
        </ToolbarButton>
        <ToolbarButton icon={<DeleteRegular />} onClick={() => void attempt(discard)}>
          {t('discard')}
        </ToolbarButton>
        <ToolbarDivider />
        <ToggleButton
          appearance="subtle"
          icon={<AppsAddInRegular />}
          checked={pane}
          onClick={() => setPane(!pane)}
        >
          {t('addIn')}
        </ToggleButton>
      </Toolbar>
      <div className={styles.body}>
        <div className={styles.scroll}>
          <div className={styles.form}>
            <Field label={t('subject')}>
              <Input
                size="large"
                placeholder={t('addSubject')}
                value={draft.subject}
                onChange={(_event, data) => change({ subject: data.value })}
              />
            </Field>
            <Field label={t('invitees')}>
              <Combobox
                multiselect
                placeholder={
                  item.requiredAttendees.map((one) => one.displayName).join(', ') || t('addInvitees')
                }
                selectedOptions={draft.invitees}
                onOptionSelect={(_event, data) => change({ invitees: data.selectedOptions })}
              >
                {organisation.colleagues
                  .filter((one) => one.id !== owner.id)
                  .map((one) => (
                    <Option key={one.id} value={one.id} text={one.name}>
                      {one.name}
                    </Option>
                  ))}
              </Combobox>
            </Field>
            <div className={styles.times}>
              <Field label={t('when')}>
                <Input
                  type="date"
                  value={draft.date}
                  onChange={(_event, data) => data.value !== '' && change({ date: data.value })}
                />
              </Field>
              <Field label={t('start')}>
                <Input
                  type="time"
                  value={draft.from}
                  onChange={(_event, data) => data.value !== '' && change({ from: data.value })}
                />
              </Field>
              <Field label={t('end')}>
                <Input
                  type="time"
                  value={draft.to}
                  onChange={(_event, data) => data.value !== '' && change({ to: data.value })}
                />
              </Field>
              <Field label={t('repeats')}>
                <Dropdown
                  className={styles.dropdown}
                  selectedOptions={[draft.isMonthly ? 'monthly' : 'never']}
                  value={t(draft.isMonthly ? 'monthly' : 'never')}
                  onOptionSelect={(_event, data) => change({ isMonthly: data.optionValue === 'monthly' })}
                >
                  <Option value="never">{t('never')}</Option>
                  <Option value="monthly">{t('monthly')}</Option>
                </Dropdown>
              </Field>
            </div>
            {mailboxes.length > 1 && (
              <Field label={t('calendar')} {...(owner.id === me.id ? {} : { hint: t('sharedMailbox') })}>
                <Dropdown
                  selectedOptions={[owner.id]}
                  value={owner.name}
                  onOptionSelect={(_event, data) => change({ owner: data.optionValue ?? me.id })}
                >
                  {mailboxes.map((one) => (
                    <Option key={one.id} value={one.id}>
                      {one.name}
                    </Option>
                  ))}
                </Dropdown>
              </Field>
            )}
            <Checkbox
              label={t('teamsMeeting')}
              checked={draft.isOnlineMeeting}
              onChange={(_event, data) => change({ isOnlineMeeting: data.checked === true })}
            />
            <Field label={t('body')}>
              <Textarea
                rows={8}
                value={draft.body}
                onChange={(_event, data) => change({ body: data.value })}
              />
            </Field>
          </div>
        </div>
        {pane && (
          <OfficePane
            key={owner.id}
            item={item}
            {...(owner.id === me.id ? {} : { sharedOwner: owner.mail })}
            change={takeOver}
            finish={(thrownAway) => (thrownAway ? discard() : Promise.resolve(go({ item: '' })))}
            save={save}
            send={send}
            close={() => setPane(false)}
          />
        )}
      </div>
    </div>
  );
}
