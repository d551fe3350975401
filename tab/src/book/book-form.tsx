// One seller, one pattern, one time. The same form stands in the tab and beside a new appointment in Outlook.
import {
  Button,
  Checkbox,
  Field,
  makeStyles,
  mergeClasses,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { previewDates } from '@medspill/domain/book/calendar-preview';
import type { PairView } from '@medspill/domain/book/contract';
import { dateInMonth } from '@medspill/domain/book/occurrences';
import type { Pattern } from '@medspill/domain/book/pattern';
import { bookTexts } from '@medspill/domain/content/texts/book';
import type { RouteAnswer } from '@medspill/domain/contract';
import { clockTime, longDate, monthName, wallClock } from '@medspill/domain/format';
import type { Person } from '@medspill/domain/people';
import { useMemo, useRef, useState } from 'react';
import { newId } from '../client/new-id.ts';
import { today } from '../client/today.ts';
import { useAnswer } from '../client/use-answer.ts';
import { useCommand } from '../client/use-command.ts';
import { useHost, useLanguage, useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Section } from '../ui/section.tsx';
import { suggestedTime } from './best-times.ts';
import { ChooseLength, type Length } from './choose-length.tsx';
import { ChooseSeller } from './choose-seller.tsx';
import { ChooseTime } from './choose-time.tsx';
import { DateList, type Moves } from './date-list.tsx';
import { hasSeries } from './has-series.ts';
import { PatternFields } from './pattern-fields.tsx';
import { patternText } from './pattern-text.ts';
import type { Proposal } from './proposal.ts';
import { monthChoices } from './start-month.ts';

const useStyles = makeStyles({
  /** Beside each other where there is room: what is chosen, and what it leads to. */
  form: {
    display: 'grid',
    gap: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXL}`,
    alignItems: 'start',
    '@media (min-width: 900px)': { gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)' },
  },
  /** Stays in view while the other side is filled in, where both fit. */
  outcome: {
    '@media (min-width: 900px) and (min-height: 700px)': { position: 'sticky', top: tokens.spacingVerticalL },
  },
  chosen: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL, minWidth: 0 },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  label: { color: tokens.colorNeutralForeground1 },
  end: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
  },
  summary: { textWrap: 'balance' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Wednesdays at the start of the month meet the fewest holidays (capability list, section 6). */
const firstWednesday: Pattern = { kind: 'weekday', week: 'first', weekday: 'wednesday' };

type Props = {
  me: Person;
  sellers: RouteAnswer<'listSellers'>;
  /** What the open appointment, or a link, suggests. */
  proposal: Proposal;
  onBooked: (pair: PairView, moves: Moves) => void;
};

export function BookForm({ me, sellers, proposal, onBooked }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const isPane = useHost().surface === 'task-pane';
  const bookingId = useRef(newId());
  // What the person has not chosen follows the proposal, which changes with the appointment beside the pane.
  const [chosenSeller, setSeller] = useState<Person>();
  const [chosenPattern, setPattern] = useState<Pattern>();
  const [chosenMinutes, setMinutes] = useState<Length>();
  const [chosenTime, setTime] = useState<string>();
  const seller = chosenSeller ?? proposedSeller(sellers, proposal);
  const pattern = chosenPattern ?? proposal.pattern ?? firstWednesday;
  const minutes = chosenMinutes ?? proposal.minutes ?? 45;
  const ownTime =
    chosenTime ?? (proposal.start === undefined ? undefined : wallClock(proposal.start, me.zone).time);
  const [wantedMonth, setWantedMonth] = useState<string>();
  const [moves, setMoves] = useState<Moves>({});
  const [privateBlocks, setPrivateBlocks] = useState(true);
  const [inPerson, setInPerson] = useState(false);
  const booking = useCommand('book', (pair) => onBooked(pair, moves));

  const months = useMemo(() => monthChoices(pattern, today(me.zone)), [pattern, me.zone]);
  const firstMonth = months.find((month) => month === wantedMonth) ?? months[0];
  const slots = useAnswer(
    'findSlots',
    seller === undefined || firstMonth === undefined
      ? undefined
      : { body: { sellerId: seller.id, pattern, firstMonth, minutes, zone: me.zone } },
  );
  const dates = useMemo(
    () => (firstMonth === undefined ? [] : previewDates(pattern, firstMonth)),
    [pattern, firstMonth],
  );
  const time = ownTime ?? suggestedTime(slots.value?.slots ?? []) ?? '';
  const firstDate = firstMonth && (moves[firstMonth] ?? dateInMonth(firstMonth, pattern));

  const changePattern = (next: Pattern) => {
    setPattern(next);
    setMoves({});
  };
  const submit = () => {
    if (seller === undefined || firstMonth === undefined || time === '') return;
    void booking.run({
      body: {
        bookingId: bookingId.current,
        sellerId: seller.id,
        pattern,
        time,
        zone: me.zone,
        minutes,
        firstMonth,
        months: 12,
        privateBlocks,
        inPerson,
      },
    });
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.chosen}>
        <Section title={t(bookTexts.who)} look="card">
          {isPane && seller !== undefined && proposal.mails.includes(seller.mail.toLowerCase()) && (
            <Text as="p" block size={200} className={styles.quiet}>
              {t(bookTexts.fromDraft)}
            </Text>
          )}
          <ChooseSeller sellers={sellers} chosen={seller} onChoose={setSeller} linkToSeries={!isPane} />
        </Section>
        {seller !== undefined && firstMonth !== undefined && (
          <>
            <Section title={t(bookTexts.when)} look="card">
              <div className={styles.column}>
                <PatternFields pattern={pattern} onChange={changePattern} />
                <Field label={t(bookTexts.firstMonth)}>
                  <Select value={firstMonth} onChange={(_, data) => setWantedMonth(data.value)}>
                    {months.map((month) => (
                      <option key={month} value={month}>
                        {monthName(month, language)}
                      </option>
                    ))}
                  </Select>
                </Field>
                <ChooseLength minutes={minutes} onChange={setMinutes} hint={t(bookTexts.firstIsLonger)} />
                <ChooseTime seller={seller} slots={slots} time={time} onChoose={setTime} />
              </div>
            </Section>
            <Section title={t(bookTexts.options)} look="card">
              <Field hint={t(bookTexts.privateBlocksHint)}>
                <Checkbox
                  checked={privateBlocks}
                  onChange={(_, data) => setPrivateBlocks(data.checked === true)}
                  label={{ className: styles.label, children: t(bookTexts.privateBlocks) }}
                />
              </Field>
              <Field hint={t(bookTexts.inPersonHint)}>
                <Checkbox
                  checked={inPerson}
                  onChange={(_, data) => setInPerson(data.checked === true)}
                  label={{ className: styles.label, children: t(bookTexts.inPerson) }}
                />
              </Field>
            </Section>
          </>
        )}
      </div>
      {seller !== undefined && firstMonth !== undefined && (
        <div className={mergeClasses(styles.chosen, styles.outcome)}>
          <Section title={t(bookTexts.preview)} look="card">
            <DateList
              pattern={pattern}
              dates={dates}
              moves={moves}
              onMove={(month, date) =>
                setMoves((before) => {
                  const { [month]: _, ...rest } = before;
                  return date === undefined ? rest : { ...rest, [month]: date };
                })
              }
            />
          </Section>
          <div className={styles.end}>
            <ProblemNotice problem={booking.problem} onRetry={booking.again} />
            {time !== '' && firstDate !== undefined && (
              <Text as="p" block className={styles.summary}>
                {t(bookTexts.summary, {
                  pattern: patternText(pattern, language),
                  time: clockTime(time, language),
                  minutes,
                  date: longDate(firstDate, language),
                })}
              </Text>
            )}
            <Button
              type="submit"
              appearance="primary"
              size="large"
              disabled={time === ''}
              disabledFocusable={booking.busy}
            >
              {booking.busy ? t(bookTexts.booking) : t(bookTexts.book)}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

function proposedSeller({ sellers }: RouteAnswer<'listSellers'>, { mails }: Proposal): Person | undefined {
  const free = sellers.filter((one) => !hasSeries(one));
  const named = free.find(({ person }) => mails.includes(person.mail.toLowerCase()));
  return (named ?? (free.length === 1 ? free[0] : undefined))?.person;
}
