import { Field, Input } from '@fluentui/react-components';
import { markOf } from '@medspill/domain/book/calendar-preview';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { longDate } from '@medspill/domain/format';
import type { DateText } from '@medspill/domain/time';
import { today } from '../client/today.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { markText } from './pattern-text.ts';
import { TimeSelect } from './time-select.tsx';

export type When = { date: string; time: string };

export function isComplete({ date, time }: When): boolean {
  return date !== '' && time !== '';
}

type Props = { when: When; zone: string; onChange: (when: When) => void };

/** A day from today on, with what stands in its way, and a time of day. */
export function WhenFields({ when: { date, time }, zone, onChange }: Props) {
  const t = useSay();
  const language = useLanguage();
  const mark = date === '' ? undefined : markOf(date as DateText);
  return (
    <>
      <Field
        label={t(bookTexts.newDate)}
        {...(mark === undefined
          ? { hint: date === '' ? '' : longDate(date, language) }
          : {
              validationState: 'warning' as const,
              validationMessage: t(bookTexts.dateMarked, { mark: markText(mark, language) }),
            })}
      >
        <Input
          type="date"
          min={today(zone).toString()}
          value={date}
          onChange={(_, data) => onChange({ date: data.value, time })}
        />
      </Field>
      <Field label={t(bookTexts.newTime)}>
        <TimeSelect value={time} onChange={(chosen) => onChange({ date, time: chosen })} />
      </Field>
    </>
  );
}
