// What Teams shows of an app that is not in the meeting (yet): any member may add it.
import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import type { MeetingPlace } from '../../../model.ts';
import { backend } from '../backend.ts';
import { useTexts } from '../texts.ts';
import { useWorkday } from '../workday.ts';

export function WithoutApp({ meeting, reload }: { meeting: MeetingPlace | undefined; reload(): void }) {
  const t = useTexts();
  const { me, attempt } = useWorkday();
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>{t(meeting === undefined ? 'chatMissing' : 'appMissing')}</MessageBarBody>
      {meeting !== undefined && (
        <MessageBarActions>
          <Button onClick={() => void attempt(() => backend.addApp(me.id, meeting.chatId)).then(reload)}>
            {t('addApp')}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
