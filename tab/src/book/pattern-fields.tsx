import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import type { Pattern } from '@medspill/domain/book/pattern';
import { bookTexts, weekdayTexts, weekTexts } from '@medspill/domain/content/texts/book';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(8rem, 1fr))',
    gap: tokens.spacingHorizontalM,
  },
});

const weeks = ['first', 'second', 'third', 'fourth', 'last'] as const;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

type Props = { pattern: Pattern; onChange: (pattern: Pattern) => void };

export function PatternFields({ pattern, onChange }: Props) {
  const styles = useStyles();
  const t = useSay();
  const chooseKind = (kind: string) => {
    if (kind === 'date') onChange({ kind, day: 10 });
    else if (kind === 'last_weekday') onChange({ kind });
    else onChange({ kind: 'weekday', week: 'first', weekday: 'wednesday' });
  };
  return (
    <div className={styles.row}>
      <Field label={t(bookTexts.pattern)}>
        <Select value={pattern.kind} onChange={(_, data) => chooseKind(data.value)}>
          <option value="weekday">{t(bookTexts.patternWeekday)}</option>
          <option value="date">{t(bookTexts.patternDate)}</option>
          <option value="last_weekday">{t(bookTexts.patternLastWeekday)}</option>
        </Select>
      </Field>
      {pattern.kind === 'weekday' && (
        <>
          <Field label={t(bookTexts.week)}>
            <Select
              value={pattern.week}
              onChange={(_, data) => {
                const week = weeks.find((one) => one === data.value);
                if (week !== undefined) onChange({ ...pattern, week });
              }}
            >
              {weeks.map((week) => (
                <option key={week} value={week}>
                  {t(weekTexts[week])}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t(bookTexts.weekday)}>
            <Select
              value={pattern.weekday}
              onChange={(_, data) => {
                const weekday = weekdays.find((one) => one === data.value);
                if (weekday !== undefined) onChange({ ...pattern, weekday });
              }}
            >
              {weekdays.map((weekday) => (
                <option key={weekday} value={weekday}>
                  {t(weekdayTexts[weekday])}
                </option>
              ))}
            </Select>
          </Field>
        </>
      )}
      {pattern.kind === 'date' && (
        <Field
          label={t(bookTexts.dayOfMonth)}
          {...(pattern.day > 28 ? { hint: t(bookTexts.shortMonths) } : {})}
        >
          <Input
            type="number"
            min={1}
            max={31}
            value={String(pattern.day)}
            onChange={(_, data) => {
              const day = Math.round(Number(data.value));
              if (day >= 1 && day <= 31) onChange({ kind: 'date', day });
            }}
          />
        </Field>
      )}
    </div>
  );
}
