import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import type { RouteAnswer } from '@medspill/domain/contract';
import { bareTime, timeForBoth } from '@medspill/domain/format';
import type { Person } from '@medspill/domain/people';
import { useState } from 'react';
import type { Loaded } from '../client/use-answer.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  times: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(9rem, 1fr))',
    columnGap: tokens.spacingHorizontalS,
  },
  label: { display: 'flex', flexDirection: 'column', color: tokens.colorNeutralForeground1 },
  free: { color: tokens.colorNeutralForeground2 },
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  start: { alignSelf: 'flex-start' },
  own: { maxWidth: '12rem' },
  body: { whiteSpace: 'normal' },
});

type Slots = RouteAnswer<'findSlots'>;
export type Slot = Slots['slots'][number];

/** Each time of day once, the freest first and the earlier of equals; then as the clock has them. */
export function bestTimes(slots: readonly Slot[], limit: number): Slot[] {
  const byTime = new Map<string, Slot>();
  for (const slot of slots) {
    const known = byTime.get(slot.time);
    if (known === undefined || slot.freeOn > known.freeOn) byTime.set(slot.time, slot);
  }
  return [...byTime.values()]
    .sort((a, b) => b.freeOn - a.freeOn || a.time.localeCompare(b.time))
    .slice(0, limit)
    .sort((a, b) => a.time.localeCompare(b.time));
}

type Props = {
  seller: Person;
  slots: Loaded<Slots>;
  time: string;
  onChoose: (time: string) => void;
};

const few = 6;

export function ChooseTime({ seller, slots, time, onChoose }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const found = slots.value;
  const times = found === undefined ? [] : bestTimes(found.slots, all ? 96 : few);
  const isOther = time !== '' && !times.some((slot) => slot.time === time);
  return (
    <div className={styles.column}>
      <ProblemNotice problem={slots.problem} onRetry={slots.reload} />
      {slots.loading && <Spinner size="tiny" label={t(bookTexts.findingTimes)} />}
      {found !== undefined && !found.availabilityKnown && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody className={styles.body}>
            {t(bookTexts.availabilityUnknown, { name: seller.firstName })}
          </MessageBarBody>
        </MessageBar>
      )}
      {found !== undefined && times.length === 0 && <Text>{t(bookTexts.noTimes)}</Text>}
      {times.length > 0 && (
        <Field
          label={t(bookTexts.time)}
          required
          {...(times.some((slot) => slot.time !== slot.sellerTime)
            ? { hint: t(bookTexts.otherZone, { name: seller.firstName }) }
            : {})}
        >
          <RadioGroup
            className={styles.times}
            value={isOther ? '' : time}
            onChange={(_, data) => onChoose(data.value)}
          >
            {times.map((slot) => (
              <Radio
                key={slot.time}
                value={slot.time}
                label={
                  <span className={styles.label}>
                    {slot.time === slot.sellerTime
                      ? bareTime(slot.time, language)
                      : timeForBoth(
                          slot.time,
                          { time: slot.sellerTime, firstName: seller.firstName },
                          language,
                        )}
                    {found?.availabilityKnown && (
                      <Text size={200} className={styles.free}>
                        {slot.freeOn === slot.of
                          ? t(bookTexts.freeOnAll, { of: slot.of })
                          : t(bookTexts.freeOn, { free: slot.freeOn, of: slot.of })}
                      </Text>
                    )}
                  </span>
                }
              />
            ))}
          </RadioGroup>
        </Field>
      )}
      {!all && found !== undefined && bestTimes(found.slots, 96).length > few && (
        <Button appearance="subtle" className={styles.start} onClick={() => setAll(true)}>
          {t(bookTexts.moreTimes)}
        </Button>
      )}
      <Field label={t(bookTexts.ownTime)} className={styles.own}>
        <Input
          type="time"
          step={300}
          value={isOther ? time : ''}
          onChange={(_, data) => data.value !== '' && onChoose(data.value.slice(0, 5))}
        />
      </Field>
    </div>
  );
}
