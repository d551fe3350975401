// Own private notes of a review; fetched when the person opens them, not before.
import { makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../client/call.ts';
import { useAnswer } from '../client/use-answer.ts';
import { keptFields } from '../prepare/kept-fields.ts';
import { message } from '../prepare/message.ts';
import { createPrivateDraft, type Words } from '../prepare/private-draft.ts';
import { SaveLine } from '../prepare/save-line.tsx';
import { useSay } from '../shell/host-context.tsx';
import { Reading } from '../ui/reading.tsx';
import { useMeeting } from './live-context.tsx';

const useStyles = makeStyles({
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

export function NotesField() {
  const { review } = useMeeting();
  const notes = useAnswer('readNotes', { params: { reviewId: review.id } });
  return <Reading of={notes}>{({ rev, text }) => <Notes key={review.id} rev={rev} text={text} />}</Reading>;
}

function Notes({ rev, text }: { rev: number; text: string }) {
  const styles = useStyles();
  const t = useSay();
  const { review, me } = useMeeting();
  const [draft] = useState(() => {
    const params = { reviewId: review.id };
    return createPrivateDraft({
      words: { rev, answers: { text } },
      kept: keptFields(`medspill/notes/${review.id}/${me.id}/`),
      save: async ({ rev: from, answers }) =>
        wordsOf(await call('saveNotes', { params, body: { rev: from, text: answers.text ?? '' } })),
      read: async () => wordsOf(await call('readNotes', { params })),
    });
  });
  useEffect(() => draft.start(), [draft]);
  const view = useSyncExternalStore(draft.subscribe, draft.view);
  return (
    <>
      <Text as="p" block size={200} className={styles.help}>
        {t(message('private_note'))} {t(texts.notesTerm)}
      </Text>
      <Textarea
        aria-label={t(texts.privateNotes)}
        value={view.answers.text ?? ''}
        resize="vertical"
        textarea={{ rows: 5, maxLength: 10_000 }}
        onChange={(_, data) => draft.write('text', data.value)}
      />
      <SaveLine state={view.state} lasting={view.lasting} look="inline" />
    </>
  );
}

function wordsOf(
  answer: Awaited<ReturnType<typeof call<'readNotes'>>>,
): Awaited<ReturnType<Parameters<typeof createPrivateDraft>[0]['read']>> {
  if (!answer.ok) return answer;
  const words: Words = { rev: answer.value.rev, answers: { text: answer.value.text } };
  return { ok: true, value: words };
}
