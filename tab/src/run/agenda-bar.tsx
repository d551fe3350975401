import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ChevronLeft20Regular, ChevronRight20Regular, Timer16Regular } from '@fluentui/react-icons';
import { agenda } from '@medspill/domain/content/sections/agenda';
import type { Text as TextOf } from '@medspill/domain/content/text';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { type AgendaKey, agendaOf, shortMinutes } from '@medspill/domain/run/agenda';
import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMeeting } from './live-context.tsx';
import type { ShownItem } from './use-shown-item.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  steps: { display: 'flex', gap: '3px', listStyleType: 'none', margin: 0, padding: 0 },
  step: {
    flexGrow: 1,
    height: '6px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralStroke1,
  },
  passed: { backgroundColor: tokens.colorBrandStroke2 },
  here: { backgroundColor: tokens.colorCompoundBrandStroke },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS },
  time: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground2,
  },
  select: {
    minWidth: 0,
    flex: '1 1 8rem',
    maxWidth: '22rem',
    // In a side panel the title has the whole width, or its end would be cut off.
    '@media (max-width: 479px)': { flexBasis: '100%', maxWidth: 'none' },
    height: '32px',
    paddingInline: tokens.spacingHorizontalS,
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
  },
});

export function itemOf(key: AgendaKey) {
  const found = agenda.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no agenda item ${key}`);
  return found;
}

/** Where the meeting is, how long is left of the item, and the way on. */
export function AgendaBar({ item, elsewhere, go, follow, since }: ShownItem) {
  const styles = useStyles();
  const t = useSay();
  const { form, review, other } = useMeeting();
  const isShort = form?.view.form.isShort ?? false;
  const keys = agendaOf(isShort);
  const at = keys.indexOf(item);
  const minutes = (isShort ? shortMinutes[item] : undefined) ?? itemOf(item).minutes[review.length];
  const before = keys[at - 1];
  const after = keys[at + 1];
  return (
    <nav className={styles.bar} aria-label={t(texts.agenda)}>
      <ol className={styles.steps} aria-hidden="true">
        {keys.map((key, index) => (
          <li
            key={key}
            className={mergeClasses(styles.step, index < at && styles.passed, index === at && styles.here)}
          />
        ))}
      </ol>
      <div className={styles.row}>
        <Text size={200}>{t(texts.itemOf, { number: at + 1, of: keys.length })}</Text>
        <SoftTimer key={`${item}/${since}/${minutes}`} item={item} minutes={minutes} since={since} />
      </div>
      <div className={styles.row}>
        <select
          className={styles.select}
          value={item}
          aria-label={t(texts.allItems)}
          disabled={form === undefined}
          onChange={(event) => {
            const next = keys.find((key) => key === event.target.value);
            if (next !== undefined) go(next);
          }}
        >
          {keys.map((key, index) => (
            <option key={key} value={key}>
              {index + 1}. {t(itemOf(key).title)}
            </option>
          ))}
        </select>
        <div className={styles.buttons}>
          <Button
            icon={<ChevronLeft20Regular />}
            disabledFocusable={before === undefined || form === undefined}
            aria-label={t(texts.previous)}
            onClick={() => before !== undefined && form !== undefined && go(before)}
          />
          <Button
            appearance={after === undefined ? 'secondary' : 'primary'}
            icon={<ChevronRight20Regular />}
            iconPosition="after"
            disabledFocusable={after === undefined || form === undefined}
            onClick={() => after !== undefined && form !== undefined && go(after)}
          >
            {t(texts.next)}
          </Button>
        </div>
      </div>
      <div>
        {elsewhere !== undefined && (
          <Notice intent="info" actions={<Button onClick={follow}>{t(texts.follow)}</Button>}>
            {t(texts.otherMoved, { name: other.firstName, item: t(itemOf(elsewhere).title) })}
          </Notice>
        )}
      </div>
    </nav>
  );
}

/** A soft timer: it says when the time is up and locks nothing (WCAG 2.2.1). */
function SoftTimer({ item, minutes, since }: { item: AgendaKey; minutes: number; since: number }) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const [now, setNow] = useState(Date.now);
  const told = useRef(false);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const left = minutes - (now - since) / 60_000;
  const [numbersUp, setNumbersUp] = useState<TextOf>();
  useEffect(() => {
    if (item !== 'numbers') return;
    // Its words stand in a catalogue that the first screen has no other use for; without them the general ones do.
    import('../prepare/message.ts').then(
      ({ message }) => setNumbersUp(message('numbers_time')),
      () => undefined,
    );
  }, [item]);
  const upText = t(numbersUp ?? texts.timeUp);
  useEffect(() => {
    if (left > 0 || told.current) return;
    told.current = true;
    announce(upText);
  }, [left, announce, upText]);
  return (
    <Text size={200} className={styles.time}>
      <Timer16Regular aria-hidden="true" />
      {left <= 0
        ? upText
        : left < 1
          ? t(texts.lessThanMinute)
          : t(texts.minutesLeft, { minutes: Math.ceil(left) })}
    </Text>
  );
}
