// The whole team on one page: one line a seller, made to hold twenty-five.
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { clockTime, longDate, wallClock } from '@medspill/domain/format';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { PersonLine } from '../ui/person-line.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import type { TeamLine } from './attention.ts';
import { CadenceBadge, PauseBadge } from './cadence-badge.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 6fr) minmax(0, 5fr)',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
    '@media (max-width: 719px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  next: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  signs: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function TeamList({ team }: { team: readonly TeamLine[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {team.map((line) => (
        <li key={line.pair.id} className={styles.line}>
          <TeamMember line={line} />
        </li>
      ))}
    </ul>
  );
}

function TeamMember({ line }: { line: TeamLine }) {
  const styles = useStyles();
  const t = useSay();
  const { pair, cadence } = line;
  const { seller } = pair;
  const goals =
    line.openGoals === 1 ? t(followUpTexts.goalsOne) : t(followUpTexts.goalsCount, { count: line.openGoals });
  return (
    <>
      <PersonLine
        name={seller.name}
        detail={
          <PageLink to={{ name: 'pair', id: pair.id }}>
            {t(followUpTexts.open)}
            <span className="only-heard"> {seller.name}</span>
          </PageLink>
        }
      />
      <NextLine line={line} />
      <div className={styles.signs}>
        <CadenceBadge cadence={cadence} />
        <PauseBadge cadence={cadence} />
        {cadence.noneThisMonth && cadence.colour !== 'none_yet' && (
          <StatusBadge status="neutral" text={t(followUpTexts.noneThisMonth)} />
        )}
        {line.unsigned && <StatusBadge status="watch" text={t(followUpTexts.unsigned)} />}
        {line.openGoals > 0 && (
          <Text size={200} className={styles.quiet}>
            {goals}
            {line.goalsAtRisk > 0 && `, ${t(followUpTexts.goalsAtRisk, { count: line.goalsAtRisk })}`}
          </Text>
        )}
      </div>
    </>
  );
}

function NextLine({ line: { pair, next } }: { line: TeamLine }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  if (next === undefined) {
    return (
      <Text className={styles.quiet}>{t(followUpTexts.attentionNext, { name: pair.seller.firstName })}</Text>
    );
  }
  const { date, time } = wallClock(next.occurrence.start, pair.manager.zone);
  const { manager, seller } = next.readiness;
  const ready =
    manager.ready && seller.ready
      ? t(followUpTexts.readyBoth)
      : manager.ready
        ? t(followUpTexts.readyYou)
        : seller.ready
          ? t(followUpTexts.readyOnly, { name: pair.seller.firstName })
          : t(followUpTexts.readyNone);
  return (
    <div className={styles.next}>
      <Text>
        {longDate(date, language)}, {clockTime(time, language)}
      </Text>
      <Text size={200} className={styles.quiet}>
        {pair.confirmedAt === undefined
          ? t(followUpTexts.confirmWaits, { name: pair.seller.firstName })
          : ready}
      </Text>
    </div>
  );
}
