import { Button } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useCallback, useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { useSay } from '../shell/host-context.tsx';
import { useNavigation } from '../shell/navigation.tsx';
import { Page } from '../ui/page.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Reading } from '../ui/reading.tsx';
import { BookForm } from './book-form.tsx';
import { BookingProgress } from './booking-progress.tsx';
import type { Moves } from './date-list.tsx';
import { hasSeries } from './has-series.ts';

export function BookPage({ sellerId }: { sellerId?: string }) {
  const t = useSay();
  const { go } = useNavigation();
  const me = useAnswer('me', {});
  const sellers = useAnswer('listSellers', {});
  const [booked, setBooked] = useState<{ pair: PairView; moves: Moves }>();
  const startAgain = useCallback(() => {
    setBooked(undefined);
    sellers.reload();
  }, [sellers.reload]);

  if (booked !== undefined) {
    return (
      <BookingProgress
        pair={booked.pair}
        moves={booked.moves}
        onUndone={startAgain}
        done={(pair) => (
          <div>
            <Button appearance="primary" onClick={() => go({ name: 'pair', id: pair.id })}>
              {t(bookTexts.openSeries)}
            </Button>{' '}
            <Button onClick={startAgain}>{t(bookTexts.bookAnother)}</Button>
          </div>
        )}
      />
    );
  }
  return (
    <Page title={t(bookTexts.title)} lead={t(bookTexts.lead)}>
      <Reading of={me}>
        {({ person }) => (
          <Reading of={sellers}>
            {(list) => (
              <>
                {list.sellers.filter((one) => !hasSeries(one)).length > 1 && (
                  <p>
                    <PageLink to={{ name: 'book-team' }}>{t(bookTexts.bookTeam)}</PageLink>
                  </p>
                )}
                <BookForm
                  me={person}
                  sellers={list}
                  proposal={{
                    mails: list.sellers
                      .filter((one) => one.person.id === sellerId)
                      .map((one) => one.person.mail.toLowerCase()),
                  }}
                  onBooked={(pair, moves) => setBooked({ pair, moves })}
                />
              </>
            )}
          </Reading>
        )}
      </Reading>
    </Page>
  );
}
