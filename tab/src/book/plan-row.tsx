import { Button, Checkbox, Field, makeStyles, Text, tokens } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { clockTime } from '@medspill/domain/format';
import { useState } from 'react';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { problemText } from '../ui/problem-notice.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import type { RowState } from './book-team.ts';
import { PatternFields } from './pattern-fields.tsx';
import { patternText } from './pattern-text.ts';
import type { PlannedRow } from './plan-team.ts';
import { SeriesState } from './series-state.tsx';
import { TimeSelect } from './time-select.tsx';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr) auto',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    '@media (max-width: 599px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  words: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  fields: { gridColumn: '1 / -1', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  time: { maxWidth: '12rem' },
  start: { justifySelf: 'start' },
});

type Props = {
  row: PlannedRow;
  state: RowState;
  /** Whether the run has begun: then a row is shown as it goes, and no longer changed. */
  begun: boolean;
  onChange: (row: PlannedRow) => void;
};

export function PlanRow({ row, state, begun, onChange }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const [changes, setChanges] = useState(false);
  return (
    <div className={styles.row}>
      {begun ? (
        <Text weight="semibold">{row.seller.name}</Text>
      ) : (
        <Checkbox
          checked={row.included}
          disabled={row.time === ''}
          label={row.seller.name}
          aria-label={t(bookTexts.include, { name: row.seller.name })}
          onChange={(_, data) => onChange({ ...row, included: data.checked === true })}
        />
      )}
      <div className={styles.words}>
        <Text>
          {row.time === ''
            ? patternText(row.pattern, language)
            : t(bookTexts.planLine, {
                pattern: patternText(row.pattern, language),
                time: clockTime(row.time, language),
              })}
        </Text>
        <Text size={200} className={styles.quiet}>
          {state.problem === undefined ? freedom(row, t) : problemText(state.problem, t)}
        </Text>
      </div>
      {begun ? (
        <RowStatus state={state} />
      ) : (
        <Button
          size="small"
          className={styles.start}
          aria-expanded={changes}
          aria-label={`${t(changes ? bookTexts.doneChanging : bookTexts.change)}: ${row.seller.name}`}
          onClick={() => setChanges(!changes)}
        >
          {t(changes ? bookTexts.doneChanging : bookTexts.change)}
        </Button>
      )}
      {changes && !begun && (
        <div className={styles.fields}>
          <PatternFields pattern={row.pattern} onChange={(pattern) => onChange(changed(row, { pattern }))} />
          <Field label={t(bookTexts.time)} className={styles.time}>
            <TimeSelect
              value={row.time}
              onChange={(time) => onChange(changed(row, { time, included: true }))}
            />
          </Field>
        </div>
      )}
    </div>
  );
}

/** What was known of the free times belonged to the day and time before. */
function changed({ free: _, ...row }: PlannedRow, change: Partial<PlannedRow>): PlannedRow {
  return { ...row, ...change };
}

function freedom(row: PlannedRow, t: ReturnType<typeof useSay>): string {
  if (row.time === '') return t(bookTexts.planNoTime);
  if (!row.availabilityKnown) return t(bookTexts.planUnknown);
  return row.free === undefined ? '' : t(bookTexts.planFree, { free: row.free.on, of: row.free.of });
}

function RowStatus({ state }: { state: RowState }) {
  const t = useSay();
  if (state.problem !== undefined) return <StatusBadge status="bad" text={t(bookTexts.stateFailed)} />;
  if (state.pair !== undefined) return <SeriesState pair={state.pair} />;
  return state.busy ? (
    <StatusBadge status="waiting" text={t(bookTexts.rowBooking)} />
  ) : (
    <StatusBadge status="neutral" text={t(bookTexts.rowLeft)} />
  );
}
