import {
  Button,
  makeStyles,
  Subtitle1,
  Tab,
  TabList,
  Toolbar,
  ToolbarButton,
  tokens,
} from '@fluentui/react-components';
import {
  AddRegular,
  CalendarTodayRegular,
  ChevronLeftRegular,
  ChevronRightRegular,
} from '@fluentui/react-icons';
import { Temporal } from 'temporal-polyfill';
import { backend, useLoaded } from '../backend.ts';
import { go, usePlace } from '../location.ts';
import { Waiting } from '../shell/waiting.tsx';
import { useTexts } from '../texts.ts';
import { monthText, shownDays, window as windowOf, zoned } from '../time.ts';
import { useWorkday } from '../workday.ts';
import { AppointmentPage } from './appointment-page.tsx';
import { DraftPage } from './draft-page.tsx';
import { Month } from './month.tsx';
import { Week } from './week.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flexWrap: 'wrap',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { margin: 0 },
  grow: { flexGrow: 1 },
});

export function Calendar() {
  const { item } = usePlace();
  if (item === 'new') return <DraftPage />;
  if (item !== '') return <AppointmentPage key={item} id={item} />;
  return <Overview />;
}

function Overview() {
  const styles = useStyles();
  const t = useTexts();
  const place = usePlace();
  const { me, locale, now } = useWorkday();
  const today = zoned(now(), me.zone).toPlainDate();
  const date = /^\d{4}-\d\d-\d\d$/.test(place.date) ? Temporal.PlainDate.from(place.date) : today;
  const days = shownDays(place.range, date);
  const { from, to } = windowOf(days, me.zone);
  const loaded = useLoaded(`calendar ${me.id} ${from} ${to}`, () => backend.calendar(me.id, from, to));
  const step = place.range === 'week' ? { days: 7 } : { months: 1 };
  const open = (appointment: { id: string }) => go({ item: appointment.id });

  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <Button appearance="primary" icon={<AddRegular />} onClick={() => go({ item: 'new' })}>
          {t('newAppointment')}
        </Button>
        <Toolbar aria-label={t('view')}>
          <ToolbarButton icon={<CalendarTodayRegular />} onClick={() => go({ date: '' })}>
            {t('today')}
          </ToolbarButton>
          <ToolbarButton
            icon={<ChevronLeftRegular />}
            aria-label={t('previous')}
            onClick={() => go({ date: date.subtract(step).toString() })}
          />
          <ToolbarButton
            icon={<ChevronRightRegular />}
            aria-label={t('next')}
            onClick={() => go({ date: date.add(step).toString() })}
          />
        </Toolbar>
        <Subtitle1 as="h1" className={styles.title}>
          {monthText(date, locale)}
          {place.range === 'week' && ` · ${t('weekNumber', { number: date.weekOfYear ?? '' })}`}
        </Subtitle1>
        <div className={styles.grow} />
        <TabList
          selectedValue={place.range}
          aria-label={t('view')}
          onTabSelect={(_event, { value }) => go({ range: value === 'month' ? 'month' : 'week' })}
        >
          <Tab value="week">{t('week')}</Tab>
          <Tab value="month">{t('month')}</Tab>
        </TabList>
      </div>
      {loaded.value === undefined ? (
        <Waiting error={loaded.error} />
      ) : place.range === 'week' ? (
        <Week days={days} appointments={loaded.value} open={open} />
      ) : (
        <Month days={days} month={date.month} appointments={loaded.value} open={open} />
      )}
    </div>
  );
}
