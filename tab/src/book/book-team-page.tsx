// The whole team in one go: a plan to look over, then one series after the other.
import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import type { Person } from '@medspill/domain/people';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../client/problem.ts';
import { useAnswer } from '../client/use-answer.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { useNavigation } from '../shell/navigation.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { bookTeam, isRowDone, type RowState, type TeamState, undoTeam } from './book-team.ts';
import { hasSeries } from './has-series.ts';
import { PlanRow } from './plan-row.tsx';
import { type PlannedRow, planTeam } from './plan-team.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  item: {
    paddingBlock: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  progress: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

export function BookTeamPage() {
  const t = useSay();
  const me = useAnswer('me', {});
  const sellers = useAnswer('listSellers', {});
  return (
    <Reading of={me}>
      {({ person }) => (
        <Reading of={sellers}>
          {(list) => {
            const free = list.sellers.filter((one) => !hasSeries(one)).map((one) => one.person);
            return free.length === 0 ? (
              <Page title={t(bookTexts.bookTeam)}>
                <Empty text={t(bookTexts.allBooked)} />
              </Page>
            ) : (
              <TeamPlan me={person} sellers={free} />
            );
          }}
        </Reading>
      )}
    </Reading>
  );
}

function TeamPlan({ me, sellers }: { me: Person; sellers: readonly Person[] }) {
  const styles = useStyles();
  const t = useSay();
  const [rows, setRows] = useState<readonly PlannedRow[]>();
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState(0);
  const plan = useCallback(() => {
    setProblem(undefined);
    void planTeam(me, sellers, setDone).then((result) => {
      if (result.problem === undefined) setRows(result.rows);
      setProblem(result.problem);
    });
  }, [me, sellers]);
  // The people are read once; a plan that is being looked over must not change under the reader.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    plan();
  }, [plan]);
  if (rows !== undefined) return <RunPlan me={me} rows={rows} onRows={setRows} />;
  return (
    <Page title={t(bookTexts.bookTeam)} lead={t(bookTexts.teamLead)}>
      <ProblemNotice problem={problem} onRetry={plan} />
      {problem === undefined && (
        <div className={styles.progress} role="status">
          <Text>{t(bookTexts.planning, { done, all: sellers.length })}</Text>
          <ProgressBar value={done} max={sellers.length} aria-label={t(bookTexts.teamPlan)} />
        </div>
      )}
    </Page>
  );
}

type RunProps = { me: Person; rows: readonly PlannedRow[]; onRows: (rows: PlannedRow[]) => void };

function RunPlan({ me, rows, onRows }: RunProps) {
  const styles = useStyles();
  const t = useSay();
  const { go } = useNavigation();
  const announce = useAnnounce();
  const [state, setState] = useState<TeamState>({});
  const [phase, setPhase] = useState<'plan' | 'running' | 'stopped'>('plan');
  const [problem, setProblem] = useState<Problem>();
  const [asksUndo, setAsksUndo] = useState(false);
  const mayGoOn = useRef(true);
  const chosen = rows.filter((row) => row.included && row.time !== '');
  const begun = phase !== 'plan';
  const booked = chosen.filter((row) => isRowDone(state[row.bookingId] ?? {})).length;
  const isAll =
    begun &&
    chosen.every((row) => {
      const known = state[row.bookingId] ?? {};
      return isRowDone(known) || known.problem !== undefined;
    });

  const onRow = (bookingId: string, next: RowState) =>
    setState((before) => ({ ...before, [bookingId]: next }));
  const run = async () => {
    mayGoOn.current = true;
    setPhase('running');
    setProblem(undefined);
    setProblem(await bookTeam(me, chosen, state, onRow, () => mayGoOn.current));
    setPhase('stopped');
  };
  const undo = async () => {
    setAsksUndo(false);
    const met = await undoTeam(state, onRow);
    setProblem(met);
    if (met !== undefined) return;
    announce(t(bookTexts.undoneAll));
    go({ name: 'home' });
  };
  const change = (changed: PlannedRow) =>
    onRows(rows.map((row) => (row.bookingId === changed.bookingId ? changed : row)));

  return (
    <Page
      title={t(isAll ? bookTexts.teamBooked : bookTexts.bookTeam)}
      lead={
        isAll
          ? t(bookTexts.teamBookedLead, { count: booked })
          : begun
            ? t(bookTexts.bookingCount, { done: booked, all: chosen.length })
            : t(bookTexts.teamLead)
      }
    >
      {phase === 'running' && (
        <ProgressBar value={booked} max={chosen.length} aria-label={t(bookTexts.progressSteps)} />
      )}
      <ProblemNotice problem={problem} onRetry={() => void run()} />
      <Section title={t(bookTexts.teamPlan)} look="card">
        <ul className={styles.list}>
          {(begun ? chosen : rows).map((row) => (
            <li key={row.bookingId} className={styles.item}>
              <PlanRow row={row} state={state[row.bookingId] ?? {}} begun={begun} onChange={change} />
            </li>
          ))}
        </ul>
      </Section>
      <div className={styles.actions}>
        {phase === 'plan' && (
          <Button appearance="primary" size="large" disabled={chosen.length === 0} onClick={() => void run()}>
            {t(bookTexts.bookCount, { count: chosen.length })}
          </Button>
        )}
        {phase === 'running' && (
          <Button
            onClick={() => {
              mayGoOn.current = false;
            }}
          >
            {t(bookTexts.pause)}
          </Button>
        )}
        {phase === 'stopped' && !isAll && (
          <Button appearance="primary" onClick={() => void run()}>
            {t(bookTexts.goOn)}
          </Button>
        )}
        {isAll && (
          <Button appearance="primary" onClick={() => go({ name: 'home' })}>
            {t(bookTexts.seeTeam)}
          </Button>
        )}
        {phase === 'stopped' && booked > 0 && (
          <Button onClick={() => setAsksUndo(true)}>{t(bookTexts.undoAll)}</Button>
        )}
      </div>
      <ConfirmDialog
        open={asksUndo}
        onClose={() => setAsksUndo(false)}
        title={t(bookTexts.undoAll)}
        verb={t(bookTexts.undo)}
        onConfirm={() => void undo()}
      >
        <p>{t(bookTexts.undoAllText)}</p>
      </ConfirmDialog>
    </Page>
  );
}
