import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Temporal } from 'temporal-polyfill';
import type { Appointment } from '../../../model.ts';
import { go } from '../location.ts';
import { OnlyHeard } from '../shell/only-heard.tsx';
import { useTexts } from '../texts.ts';
import { clockText, spanText, zoned } from '../time.ts';
import { useWorkday } from '../workday.ts';
import { useAppointmentLook } from './appointment-look.ts';

const mostShown = 3;

const useStyles = makeStyles({
  scroll: { flexGrow: 1, overflow: 'auto', display: 'flex', flexDirection: 'column' },
  heads: { display: 'grid', gridTemplateColumns: 'repeat(7, minmax(90px, 1fr))' },
  head: {
    padding: '6px 8px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(7, minmax(90px, 1fr))',
    gridAutoRows: 'minmax(112px, 1fr)',
    flexGrow: 1,
  },
  day: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '4px',
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    minWidth: 0,
  },
  outside: { backgroundColor: tokens.colorNeutralBackground2 },
  number: {
    fontSize: tokens.fontSizeBase200,
    width: '24px',
    height: '24px',
    display: 'grid',
    placeItems: 'center',
    borderRadius: tokens.borderRadiusCircular,
  },
  today: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    fontWeight: tokens.fontWeightSemibold,
  },
  chip: { width: '100%', minHeight: '24px' },
  words: { overflow: 'hidden', whiteSpace: 'nowrap', textOverflow: 'ellipsis' },
});

type Props = {
  days: Temporal.PlainDate[];
  month: number;
  appointments: Appointment[];
  open(appointment: Appointment): void;
};

export function Month({ days, month, appointments, open }: Props) {
  const styles = useStyles();
  const look = useAppointmentLook();
  const t = useTexts();
  const { me, locale, now } = useWorkday();
  const today = zoned(now(), me.zone).toPlainDate();
  return (
    <section className={styles.scroll}>
      <div className={styles.heads}>
        {days.slice(0, 7).map((day) => (
          <div key={day.dayOfWeek} className={styles.head}>
            {day.toLocaleString(locale, { weekday: 'long' })}
          </div>
        ))}
      </div>
      <div className={styles.grid}>
        {days.map((day) => {
          const items = appointments.filter((one) => zoned(one.start, me.zone).toPlainDate().equals(day));
          return (
            <div
              key={day.toString()}
              data-day={day.toString()}
              className={mergeClasses(styles.day, day.month !== month && styles.outside)}
            >
              <div className={mergeClasses(styles.number, day.equals(today) && styles.today)}>{day.day}</div>
              {items.slice(0, mostShown).map((one) => (
                <button
                  key={one.id}
                  type="button"
                  className={mergeClasses(look(one), styles.chip)}
                  onClick={() => open(one)}
                >
                  <span className={styles.words}>
                    {clockText(one.start, me.zone, locale)} {one.subject}
                  </span>
                  <OnlyHeard>
                    {`, ${spanText(one.start, one.end, me.zone, locale)}, ${t(`response_${one.response}`)}`}
                  </OnlyHeard>
                </button>
              ))}
              {items.length > mostShown && (
                <Button
                  size="small"
                  appearance="transparent"
                  onClick={() => go({ range: 'week', date: day.toString() })}
                >
                  {t('more', { count: items.length - mostShown })}
                </Button>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
