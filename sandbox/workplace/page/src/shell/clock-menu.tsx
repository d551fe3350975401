import {
  Button,
  Caption1,
  Divider,
  Field,
  Input,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Spinner,
  Subtitle2,
  tokens,
} from '@fluentui/react-components';
import { ClockRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { ClockReading } from '../../../model.ts';
import { backend } from '../backend.ts';
import { useTexts } from '../texts.ts';
import { clockText, dayText, instantText, shortDayText, zoned } from '../time.ts';
import { useWorkday } from '../workday.ts';
import { OnlyHeard } from './only-heard.tsx';

const useStyles = makeStyles({
  surface: {
    width: '320px',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  buttons: { display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: tokens.spacingHorizontalS },
  chosen: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-end' },
  grow: { flexGrow: 1 },
});

export function ClockMenu({ nextReview, moved }: { nextReview?: string; moved(clock: ClockReading): void }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, locale, now, attempt } = useWorkday();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 5_000);
    return () => clearInterval(timer);
  }, []);

  async function move(to: string): Promise<void> {
    setBusy(true);
    await attempt(async () => moved(await backend.moveClock(me.id, to)), t('clockMoved'));
    setBusy(false);
    setOpen(false);
  }
  const later = (hours: number) => () => void move(new Date(now() + hours * 3_600_000).toISOString());
  const at = now();

  return (
    <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={busy ? <Spinner size="tiny" /> : <ClockRegular />}>
          <OnlyHeard>{`${t('clock')}: `}</OnlyHeard>
          {shortDayText(at, me.zone, locale)} {clockText(at, me.zone, locale)}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={t('clock')}>
        <div>
          <Subtitle2 as="h2" block>
            {dayText(at, me.zone, locale)}
          </Subtitle2>
          <Caption1>{t('clockHint')}</Caption1>
        </div>
        <div className={styles.buttons}>
          <Button onClick={later(1)} disabled={busy}>
            {t('plusHour')}
          </Button>
          <Button onClick={later(24)} disabled={busy}>
            {t('plusDay')}
          </Button>
          <Button onClick={later(168)} disabled={busy}>
            {t('plusWeek')}
          </Button>
        </div>
        {nextReview !== undefined && (
          <Button appearance="primary" disabled={busy} onClick={() => void move(nextReview)}>
            {t('nextReview')} ({shortDayText(nextReview, me.zone, locale)})
          </Button>
        )}
        <Divider />
        <form
          className={styles.chosen}
          onSubmit={(event) => {
            event.preventDefault();
            const [date = '', time = ''] = chosen.split('T');
            if (date !== '' && time !== '') void move(instantText(date, time, me.zone));
          }}
        >
          <Field label={t('chosenTime')} className={styles.grow}>
            <Input
              type="datetime-local"
              value={chosen === '' ? zoned(at, me.zone).toPlainDateTime().toString().slice(0, 16) : chosen}
              onChange={(_event, data) => setChosen(data.value)}
            />
          </Field>
          <Button type="submit" disabled={busy || chosen === ''}>
            {t('move')}
          </Button>
        </form>
        {busy && <Spinner size="tiny" label={t('moving')} />}
      </PopoverSurface>
    </Popover>
  );
}
