import { Text } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { lazy, Suspense } from 'react';
import { Disclosure } from '../prepare/disclosure.tsx';
import { useSay } from '../shell/host-context.tsx';
import { Busy } from '../ui/busy.tsx';

const NotesField = lazy(() => import('./notes-field.tsx').then((m) => ({ default: m.NotesField })));

/** Own notes beside the form, closed until they are asked for: a side panel may be shared on a screen. */
export function PrivateNotes() {
  const t = useSay();
  return (
    <Disclosure title={t(texts.privateNotes)} aside={<Text size={200}>{t(texts.privateNotesAside)}</Text>}>
      <Suspense fallback={<Busy />}>
        <NotesField />
      </Suspense>
    </Disclosure>
  );
}
