import {
  Button,
  Field,
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
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { bestTimes } from './best-times.ts';
import { TimeSelect } from './time-select.tsx';

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
});

type Slots = RouteAnswer<'findSlots'>;
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
        <Notice intent="warning">{t(bookTexts.availabilityUnknown, { name: seller.firstName })}</Notice>
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
        <TimeSelect value={isOther ? time : ''} onChange={onChoose} />
      </Field>
    </div>
  );
}
