// The app's page in a frame, served by the Teams host.
import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, useState } from 'react';
import { backend } from '../backend.ts';
import { go, type ThemeName, usePlace } from '../location.ts';
import { useTexts } from '../texts.ts';
import { useWorkday } from '../workday.ts';
import { type FrameContext, type HostContext, serveTeamsFrame, type TeamsTheme } from './host.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0 },
  frame: {
    border: 'none',
    flexGrow: 1,
    width: '100%',
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

const teamsThemes: Record<ThemeName, TeamsTheme> = { light: 'default', dark: 'dark', contrast: 'contrast' };

type Props = {
  frameContext: FrameContext;
  /** Path of the page, from the app package. */
  path: string;
  entityId: string;
  subPageId?: string;
  chatId?: string;
  meetingId?: string;
};

export function TabFrame(props: Props) {
  const { frameContext, path, subPageId, chatId, meetingId } = props;
  const styles = useStyles();
  const t = useTexts();
  const place = usePlace();
  const workday = useWorkday();
  const { organisation, me } = workday;
  const origin = place.frame === 'cross' ? organisation.tabOrigin : window.location.origin;
  const frame = useRef<HTMLIFrameElement>(null);
  const served = useRef<ReturnType<typeof serveTeamsFrame>>(undefined);
  const latest = useRef({ props, place, workday });
  latest.current = { props, place, workday };
  const [failure, setFailure] = useState<string>();
  // Another page, person or language is another start of the app, as in Teams.
  const key = [origin, path, subPageId, chatId, meetingId, place.lang].join(' ');

  // Filled in as the frame opens: a later theme is told by an event.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the frame that is served.
  const address = useMemo(() => {
    const asked: Record<string, string> = {
      locale: workday.locale.toLowerCase(),
      theme: teamsThemes[place.theme],
    };
    return origin + path.replace(/\{(\w+)\}/g, (whole, name: string) => asked[name] ?? whole);
  }, [key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the frame that is served.
  useEffect(() => {
    if (frame.current === null) return;
    const { contentWindow } = frame.current;
    if (contentWindow === null) return;
    setFailure(undefined);
    const host = serveTeamsFrame(frame.current, origin, {
      context(): HostContext {
        const { props: shown, place: at, workday: day } = latest.current;
        return {
          frameContext: shown.frameContext,
          entityId: shown.entityId,
          ...(shown.subPageId === undefined ? {} : { subEntityId: shown.subPageId }),
          locale: day.locale.toLowerCase(),
          theme: teamsThemes[at.theme],
          userObjectId: day.me.id,
          userPrincipalName: day.me.mail,
          userDisplayName: day.me.name,
          tid: day.organisation.tenantId,
          appId: day.organisation.teamsAppId,
          ...(shown.chatId === undefined ? {} : { chatId: shown.chatId }),
          ...(shown.meetingId === undefined ? {} : { meetingId: shown.meetingId }),
        };
      },
      async token(claims, silent) {
        if (claims !== undefined) {
          if (silent) return [false, 'interaction_required'];
          if (!(await latest.current.workday.ask('verify'))) return [false, 'CancelledByUser'];
        }
        const answer = await backend.token({
          person: me.id,
          client: 'teams-web',
          ...(claims === undefined ? {} : { claims }),
        });
        return 'token' in answer ? [true, answer.token] : [false, answer.error];
      },
      async authenticate() {
        if (!(await latest.current.workday.ask('consent'))) return [false, 'CancelledByUser'];
        await backend.consent(me.id);
        return [true, 'consented'];
      },
      nestedAppAuth: (request) => backend.nestedAppAuth(me.id, request),
      open: (link) => latest.current.workday.follow(link),
      navigate(_pageId, subPage) {
        go({ view: 'teams', item: '', chat: '', sub: subPage ?? '' });
        return true;
      },
      loaded: () => setFailure(undefined),
      failed: setFailure,
    });
    served.current = host;
    return host.stop;
  }, [key]);

  useEffect(() => served.current?.changeTheme(teamsThemes[place.theme]), [place.theme]);

  return (
    <div className={styles.box}>
      {failure !== undefined && (
        <MessageBar intent="error">
          <MessageBarBody>{t('tabFailed', { reason: failure })}</MessageBarBody>
        </MessageBar>
      )}
      <iframe
        key={key}
        ref={frame}
        className={styles.frame}
        src={address}
        title={t('tabTitle')}
        data-frame-context={frameContext}
        allow="clipboard-write"
      />
    </div>
  );
}
