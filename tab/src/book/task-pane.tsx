// Outlook's task pane: a new appointment becomes a monthly series, an existing review shows where it stands.
import { Button } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useCallback, useEffect, useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { teamsLink } from '../shell/deep-link.ts';
import { useDeployment } from '../shell/deployment-context.ts';
import { useHost, useSay } from '../shell/host-context.tsx';
import { Busy } from '../ui/busy.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/reading.tsx';
import { type OpenAppointment, readAppointment, watchAppointment } from './appointment.ts';
import { AppointmentPane } from './appointment-pane.tsx';
import { BookForm } from './book-form.tsx';
import { BookingProgress } from './booking-progress.tsx';
import { CloseDraft } from './close-draft.tsx';
import type { Moves } from './date-list.tsx';
import { type Draft, proposalOf } from './proposal.ts';

export function TaskPane() {
  const t = useSay();
  const [open, setOpen] = useState<OpenAppointment>();
  const read = useCallback(() => void readAppointment().then(setOpen), []);
  useEffect(() => {
    read();
    const stop = watchAppointment(read);
    // A pinned pane stays while another appointment is opened.
    Office.context.mailbox.addHandlerAsync?.(Office.EventType.ItemChanged, read);
    return stop;
  }, [read]);
  if (open === undefined) return <Busy label={t(bookTexts.readingAppointment)} />;
  switch (open.kind) {
    case 'none':
      return <Page title={t(bookTexts.title)} lead={t(bookTexts.noAppointment)} />;
    case 'shared':
      return <Page title={t(bookTexts.sharedTitle)} lead={t(bookTexts.shared, { owner: open.owner })} />;
    case 'draft':
      return <BookFromDraft draft={open.draft} />;
    case 'saved':
      return <SavedAppointment eventId={open.eventId} draft={open.draft} start={open.start} />;
  }
}

type Saved = { eventId: string; draft: Draft; start: string | undefined };

function SavedAppointment({ eventId, draft, start }: Saved) {
  const t = useSay();
  const [books, setBooks] = useState(false);
  const found = useAnswer('findAppointment', {
    query: { eventId, ...(start === undefined ? {} : { start }) },
  });
  if (books) return <BookFromDraft draft={draft} />;
  if (found.problem?.code === 'not_found') {
    return (
      <Page title={t(bookTexts.otherAppointmentTitle)} lead={t(bookTexts.otherAppointment)}>
        <div>
          <Button appearance="primary" onClick={() => setBooks(true)}>
            {t(bookTexts.book)}
          </Button>
        </div>
      </Page>
    );
  }
  return (
    <Reading of={found}>{(value) => <AppointmentPane found={value} onChanged={found.reload} />}</Reading>
  );
}

function BookFromDraft({ draft }: { draft: Draft }) {
  const t = useSay();
  const host = useHost();
  const deployment = useDeployment();
  const me = useAnswer('me', {});
  const sellers = useAnswer('listSellers', {});
  const [booked, setBooked] = useState<{ pair: PairView; moves: Moves }>();
  if (booked !== undefined) {
    return (
      <BookingProgress
        pair={booked.pair}
        moves={booked.moves}
        onUndone={() => setBooked(undefined)}
        done={(pair) => {
          const reviewId = pair.nextReview?.id;
          return (
            <>
              <CloseDraft />
              {reviewId !== undefined && (
                <div>
                  <Button
                    appearance="primary"
                    onClick={() => host.openLink(teamsLink(deployment, { name: 'review', id: reviewId }))}
                  >
                    {t(bookTexts.openForm)}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      />
    );
  }
  return (
    <Page title={t(bookTexts.title)} lead={t(bookTexts.lead)}>
      <Reading of={me}>
        {({ person }) => (
          <Reading of={sellers}>
            {(list) => (
              <BookForm
                me={person}
                sellers={list}
                proposal={proposalOf(draft)}
                onBooked={(pair, moves) => setBooked({ pair, moves })}
              />
            )}
          </Reading>
        )}
      </Reading>
    </Page>
  );
}
