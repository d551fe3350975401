// What the seller wants the manager to know after a review: the seller's own until it is sent.
import { Button, Field, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { reflection } from '@medspill/domain/content/sections/reflection';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import type { RouteAnswer } from '@medspill/domain/contract';
import { longDate, wallClock } from '@medspill/domain/format';
import { deviceZone } from '../client/clock.ts';
import { useAnswer } from '../client/use-answer.ts';
import { useCommand } from '../client/use-command.ts';
import { VisibilityLine } from '../prepare/visibility-line.tsx';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Note = NonNullable<RouteAnswer<'readNote'>['note']>;

/** `text` is kept with the seller's own reflection while it is written. */
type WriteProps = { reviewId: string; manager: string; text: string; onChange: (text: string) => void };

export function WriteNote({ reviewId, manager, text, onChange }: WriteProps) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const params = { reviewId };
  const sent = useAnswer('readNote', { params });
  const send = useCommand('sendNote', (value) => {
    sent.put(value);
    announce(t(texts.noteSent, { name: manager }));
  });
  const question = reflection.seller.find(({ key }) => key === 'p_note');
  return (
    <Section title={t(texts.noteTo, { name: manager })} look="card">
      <Reading of={sent}>
        {({ note }) =>
          note !== undefined ? (
            <Words note={note} />
          ) : (
            <div className={styles.column}>
              <Field label={question === undefined ? '' : t(question.text)}>
                <Textarea
                  value={text}
                  resize="vertical"
                  textarea={{ rows: 3, maxLength: 2000 }}
                  onChange={(_, data) => onChange(data.value)}
                />
              </Field>
              <VisibilityLine visibleTo="me" text={t(texts.noteUnsent)} />
              <div>
                <Button
                  disabledFocusable={send.busy || text.trim() === ''}
                  onClick={() => void send.run({ params, body: { text: text.trim() } })}
                >
                  {t(texts.noteSend)}
                </Button>
              </div>
              <ProblemNotice problem={send.problem} onRetry={send.again} />
            </div>
          )
        }
      </Reading>
    </Section>
  );
}

/** To the manager; where nothing was sent there is nothing to see. */
export function ReadNote({ reviewId, seller }: { reviewId: string; seller: string }) {
  const t = useSay();
  const { value } = useAnswer('readNote', { params: { reviewId } });
  if (value?.note === undefined) return null;
  return (
    <Section title={t(texts.noteFrom, { name: seller })} look="card">
      <Words note={value.note} />
    </Section>
  );
}

function Words({ note }: { note: Note }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const { date } = wallClock(note.at, deviceZone());
  return (
    <div className={styles.column}>
      <Text as="p" block className={styles.words}>
        {note.text}
      </Text>
      <Text size={200} className={styles.quiet}>
        {t(texts.noteSentOn, { date: longDate(date, language) })}
      </Text>
    </div>
  );
}
