import { Text } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { Disclosure } from '../prepare/disclosure.tsx';
import { useSay } from '../shell/host-context.tsx';
import { fetched } from '../ui/fetched.tsx';

const NotesField = fetched(() => import('./notes-field.tsx').then((m) => m.NotesField));

/** Own notes beside the form, closed until they are asked for: a side panel may be shared on a screen. */
export function PrivateNotes() {
  const t = useSay();
  return (
    <Disclosure title={t(texts.privateNotes)} aside={<Text size={200}>{t(texts.privateNotesAside)}</Text>}>
      <NotesField />
    </Disclosure>
  );
}
