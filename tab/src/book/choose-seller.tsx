import { Field, makeStyles, Radio, RadioGroup, SearchBox, tokens } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import type { RouteAnswer } from '@medspill/domain/contract';
import type { Person } from '@medspill/domain/people';
import { useDeferredValue, useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { PersonLine } from '../ui/person-line.tsx';
import { Reading } from '../ui/reading.tsx';
import { hasSeries } from './has-series.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  radio: { alignItems: 'center' },
  booked: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    paddingInlineStart: tokens.spacingHorizontalS,
  },
});

type Props = {
  sellers: RouteAnswer<'listSellers'>;
  chosen: Person | undefined;
  onChoose: (seller: Person) => void;
  /** Links to a series are for the tab; the task pane has no page for it. */
  linkToSeries: boolean;
};

export function ChooseSeller({ sellers, chosen, onChoose, linkToSeries }: Props) {
  const styles = useStyles();
  const t = useSay();
  const free = sellers.sellers.filter((one) => !hasSeries(one)).map((one) => one.person);
  const booked = sellers.sellers.filter(hasSeries);
  return (
    <div className={styles.list}>
      {sellers.directoryIsEmpty && <SearchSeller chosen={chosen} onChoose={onChoose} />}
      {!sellers.directoryIsEmpty && free.length === 0 && <Empty text={t(bookTexts.allBooked)} />}
      {free.length > 0 && (
        <Field label={t(bookTexts.seller)} required>
          <PersonRadios people={free} chosen={chosen} onChoose={onChoose} />
        </Field>
      )}
      {booked.map(({ person, pair }) => (
        <div key={person.id} className={styles.booked}>
          <PersonLine name={person.name} size={24} detail={t(bookTexts.alreadyBooked)} />
          {linkToSeries && pair !== undefined && (
            <PageLink to={{ name: 'pair', id: pair.id }}>{t(bookTexts.openSeries)}</PageLink>
          )}
        </div>
      ))}
    </div>
  );
}

type Choice = { chosen: Person | undefined; onChoose: (seller: Person) => void };

function PersonRadios({ people, chosen, onChoose }: Choice & { people: readonly Person[] }) {
  const styles = useStyles();
  return (
    <RadioGroup
      value={chosen?.id ?? ''}
      onChange={(_, data) => {
        const person = people.find((one) => one.id === data.value);
        if (person !== undefined) onChoose(person);
      }}
    >
      {people.map((person) => (
        <Radio
          key={person.id}
          value={person.id}
          className={styles.radio}
          label={<PersonLine name={person.name} size={24} />}
        />
      ))}
    </RadioGroup>
  );
}

function SearchSeller({ chosen, onChoose }: Choice) {
  const styles = useStyles();
  const t = useSay();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const found = useAnswer('searchPeople', q.length < 2 ? undefined : { query: { q } });
  return (
    <div className={styles.list}>
      <Field label={t(bookTexts.search)} hint={t(bookTexts.searchHint)}>
        <SearchBox value={text} onChange={(_, data) => setText(data.value)} />
      </Field>
      {q.length >= 2 && (
        <Reading of={found}>
          {({ people }) =>
            people.length === 0 ? (
              <Empty text={t(bookTexts.nobodyFound, { q })} />
            ) : (
              <Field label={t(bookTexts.chooseSeller)} required>
                <PersonRadios people={people} chosen={chosen} onChoose={onChoose} />
              </Field>
            )
          }
        </Reading>
      )}
    </div>
  );
}
