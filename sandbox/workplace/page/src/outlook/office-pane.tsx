// Outlook's task pane: the add-in's page in a frame, with the open appointment behind its Office.js.
import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import { isOfficeCall, type OfficeHello, type OfficeItem } from '../../../office-messages.ts';
import { backend } from '../backend.ts';
import { type ThemeName, usePlace } from '../location.ts';
import { useTexts } from '../texts.ts';
import { useWorkday } from '../workday.ts';

const useStyles = makeStyles({
  pane: {
    width: '340px',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
  frame: { border: 'none', flexGrow: 1, width: '100%' },
});

const themes: Record<ThemeName, OfficeHello['theme']> = {
  light: { dark: false, background: '#ffffff', foreground: '#242424' },
  dark: { dark: true, background: '#292929', foreground: '#ffffff' },
  contrast: { dark: true, background: '#000000', foreground: '#ffffff' },
};

type Props = {
  item: OfficeItem;
  sharedOwner?: string;
  change(part: Partial<OfficeItem>): void;
  /** The add-in closes the form; with `discard` the draft is thrown away. */
  finish(discard: boolean): Promise<void>;
  save(): Promise<string>;
  send(): Promise<void>;
  close(): void;
};

export function OfficePane(props: Props) {
  const styles = useStyles();
  const t = useTexts();
  const place = usePlace();
  const workday = useWorkday();
  const { organisation } = workday;
  const origin = place.frame === 'cross' ? organisation.tabOrigin : window.location.origin;
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef({ props, place, workday });
  latest.current = { props, place, workday };
  // Before its first call the frame is an empty page of another origin.
  const connected = useRef(false);

  useEffect(() => {
    function answer(name: string, args: unknown[]): unknown {
      const { props: now, place: at, workday: day } = latest.current;
      const [first] = args;
      switch (name) {
        case 'hello': {
          connected.current = true;
          const hello: OfficeHello = {
            user: { displayName: day.me.name, emailAddress: day.me.mail, timeZone: day.me.zone },
            language: day.locale,
            theme: themes[at.theme],
            item: now.item,
            ...(now.sharedOwner === undefined ? {} : { sharedOwner: now.sharedOwner }),
          };
          return hello;
        }
        case 'item':
          return now.item;
        case 'item.set':
          return now.change(first as Partial<OfficeItem>);
        case 'item.close':
          return now.finish(first === true);
        case 'item.save':
          return now.save();
        case 'item.send':
          return now.send();
        case 'pane.close':
          return now.close();
        case 'open':
          day.follow(String(first));
          return undefined;
        case 'notify':
          day.say(String((first as { message?: string }).message ?? ''), 'info');
          return undefined;
        case 'nestedAppAuth':
          return backend.nestedAppAuth(day.me.id, first);
        default:
          throw new Error(`Outlook has no ${name} here`);
      }
    }
    async function receive({ data, source, origin: from }: MessageEvent): Promise<void> {
      const target = frame.current?.contentWindow;
      if (target === null || target === undefined || source !== target || from !== origin) return;
      if (!isOfficeCall(data)) return;
      try {
        target.postMessage(
          { officeReply: data.officeCall, value: await answer(data.name, data.args) },
          origin,
        );
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        target.postMessage({ officeReply: data.officeCall, error: { code: 5001, message } }, origin);
      }
    }
    connected.current = false;
    const listener = (event: MessageEvent) => void receive(event);
    window.addEventListener('message', listener);
    return () => window.removeEventListener('message', listener);
  }, [origin]);

  const tell = (officeEvent: string, args: object) => {
    if (connected.current) frame.current?.contentWindow?.postMessage({ officeEvent, args }, origin);
  };
  const { start, end, requiredAttendees, recurrence } = props.item;
  const recipients = JSON.stringify(requiredAttendees);
  const pattern = JSON.stringify(recurrence);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one event per change of what it names.
  useEffect(() => void tell('olkAppointmentTimeChanged', { start, end }), [start, end]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one event per change of what it names.
  useEffect(
    () => void tell('olkRecipientsChanged', { changedRecipientFields: { requiredAttendees: true } }),
    [recipients],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: one event per change of what it names.
  useEffect(() => void tell('olkRecurrenceChanged', { recurrence }), [pattern]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one event per change of what it names.
  useEffect(() => void tell('officeThemeChanged', { officeTheme: themes[place.theme] }), [place.theme]);

  return (
    <aside className={styles.pane} aria-label={t('pane')}>
      <div className={styles.head}>
        <Subtitle2 as="h2">{t('addIn')}</Subtitle2>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`${t('close')} ${t('addIn')}`}
          onClick={props.close}
        />
      </div>
      <iframe
        key={`${origin} ${place.lang}`}
        ref={frame}
        className={styles.frame}
        src={`${origin}${organisation.pages.pane}`}
        title={t('pane')}
        allow="clipboard-write"
      />
    </aside>
  );
}
