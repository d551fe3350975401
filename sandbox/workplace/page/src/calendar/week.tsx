import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowRepeatAllRegular, LockClosedRegular, VideoRegular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import type { Temporal } from 'temporal-polyfill';
import type { Appointment } from '../../../model.ts';
import { OnlyHeard } from '../shell/only-heard.tsx';
import { useTexts } from '../texts.ts';
import { clockText, spanText, zoned } from '../time.ts';
import { useWorkday } from '../workday.ts';
import { useAppointmentLook } from './appointment-look.ts';
import { placeBlocks } from './place-blocks.ts';

const hourHeight = 52;

const useStyles = makeStyles({
  scroll: { flexGrow: 1, overflow: 'auto', position: 'relative' },
  heads: {
    display: 'grid',
    position: 'sticky',
    top: 0,
    zIndex: 3,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { padding: '6px 10px', borderLeft: `1px solid ${tokens.colorNeutralStroke2}` },
  number: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  weekday: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  today: {
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 0 3px 0 ${tokens.colorCompoundBrandStroke}`,
  },
  grid: { display: 'grid', position: 'relative' },
  hour: {
    height: `${hourHeight}px`,
    boxSizing: 'border-box',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    textAlign: 'right',
    paddingRight: '8px',
    // Beside its line, not below it.
    transform: 'translateY(-8px)',
  },
  day: {
    position: 'relative',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    height: `${hourHeight * 24}px`,
  },
  // Working hours are lighter than the rest, with a line for each hour.
  lines: {
    position: 'absolute',
    inset: 0,
    backgroundImage: `linear-gradient(${tokens.colorNeutralStroke2} 1px, transparent 1px)`,
    backgroundSize: `100% ${hourHeight}px`,
  },
  off: { position: 'absolute', left: 0, right: 0, backgroundColor: tokens.colorNeutralBackground2 },
  nowLine: {
    position: 'absolute',
    left: 0,
    right: 0,
    height: '2px',
    zIndex: 2,
    backgroundColor: tokens.colorPaletteRedBorderActive,
    pointerEvents: 'none',
  },
  block: { position: 'absolute' },
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
  },
  subject: { fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis' },
  icons: { marginLeft: 'auto', display: 'flex', gap: '2px', flexShrink: 0 },
});

type Props = {
  days: Temporal.PlainDate[];
  appointments: Appointment[];
  open(appointment: Appointment): void;
};

export function Week({ days, appointments, open }: Props) {
  const styles = useStyles();
  const { me, locale, now } = useWorkday();
  const scroll = useRef<HTMLElement>(null);
  useEffect(() => {
    if (scroll.current !== null) scroll.current.scrollTop = hourHeight * 7.5;
  }, []);

  const byDay = days.map((day) => placeBlocks(appointments, day.toString(), me.zone));
  const shown = days
    .map((day, index) => ({ day, blocks: byDay[index] ?? [] }))
    .filter(({ day, blocks }) => day.dayOfWeek <= 5 || blocks.length > 0);
  const columns = { gridTemplateColumns: `64px repeat(${shown.length}, minmax(96px, 1fr))` };
  const today = zoned(now(), me.zone);

  return (
    // A scrolling region must be reachable by keyboard.
    <section className={styles.scroll} ref={scroll} tabIndex={-1}>
      <div className={styles.heads} style={columns}>
        <div />
        {shown.map(({ day }) => (
          <div
            key={day.toString()}
            className={mergeClasses(styles.head, day.equals(today.toPlainDate()) && styles.today)}
          >
            <div className={styles.number}>{day.day}</div>
            <div className={styles.weekday}>{day.toLocaleString(locale, { weekday: 'long' })}</div>
          </div>
        ))}
      </div>
      <div className={styles.grid} style={columns}>
        <div>
          {Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).map((hour) => (
            <div key={hour} className={styles.hour}>
              {hour}
            </div>
          ))}
        </div>
        {shown.map(({ day, blocks }) => (
          <div key={day.toString()} className={styles.day} data-day={day.toString()}>
            <div className={styles.off} style={{ top: 0, height: hourHeight * 8 }} />
            <div className={styles.off} style={{ top: hourHeight * 16, bottom: 0 }} />
            <div className={styles.lines} />
            {day.equals(today.toPlainDate()) && (
              <div
                className={styles.nowLine}
                style={{ top: ((today.hour * 60 + today.minute) / 60) * hourHeight }}
              />
            )}
            {blocks.map((block) => (
              <WeekBlock
                key={block.appointment.id}
                appointment={block.appointment}
                open={open}
                isShort={block.to - block.from < 45}
                style={{
                  top: (block.from / 60) * hourHeight + 1,
                  height: Math.max(20, ((block.to - block.from) / 60) * hourHeight - 2),
                  left: `calc(${(block.column / block.columns) * 100}% + 2px)`,
                  width: `calc(${100 / block.columns}% - 8px)`,
                }}
              />
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

type BlockProps = {
  appointment: Appointment;
  /** One line only. */
  isShort: boolean;
  style: React.CSSProperties;
  open(appointment: Appointment): void;
};

function WeekBlock({ appointment, isShort, style, open }: BlockProps) {
  const styles = useStyles();
  const look = useAppointmentLook();
  const t = useTexts();
  const { me, locale } = useWorkday();
  return (
    <button
      type="button"
      className={mergeClasses(look(appointment), styles.block)}
      style={style}
      onClick={() => open(appointment)}
    >
      <span className={styles.line}>
        <span className={styles.subject}>{appointment.subject}</span>
        {isShort && <span>{clockText(appointment.start, me.zone, locale)}</span>}
        <span className={styles.icons}>
          {appointment.isPrivate && <LockClosedRegular />}
          {appointment.isRecurring && <ArrowRepeatAllRegular />}
          {appointment.joinUrl !== undefined && <VideoRegular />}
        </span>
      </span>
      {!isShort && (
        <span className={styles.line}>
          {clockText(appointment.start, me.zone, locale)}–{clockText(appointment.end, me.zone, locale)}
          {appointment.location === '' ? '' : ` · ${appointment.location}`}
        </span>
      )}
      {!isShort && !appointment.isOrganizer && (
        <span className={styles.line}>{appointment.organizer.name}</span>
      )}
      <OnlyHeard>
        {`, ${spanText(appointment.start, appointment.end, me.zone, locale)}, ${t(`response_${appointment.response}`)}`}
      </OnlyHeard>
    </button>
  );
}
