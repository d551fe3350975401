import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { grantedTexts } from '@medspill/domain/content/texts/trust';
import type { RouteAnswer } from '@medspill/domain/contract';
import { longDate, monthName, shortDateTime } from '@medspill/domain/format';
import { deviceZone } from '../client/clock.ts';
import { useAnswer } from '../client/use-answer.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { type Status, StatusBadge } from '../ui/status-badge.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    paddingBlock: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type RecordLine = RouteAnswer<'listRecords'>['records'][number];

const looks = {
  draft: { status: 'neutral', text: followUpTexts.stateDraft },
  awaiting_second: { status: 'waiting', text: followUpTexts.stateSigning },
  sealed: { status: 'good', text: followUpTexts.stateSealed },
  closed_unsigned: { status: 'watch', text: followUpTexts.stateClosed },
} as const satisfies Record<RecordLine['state'], { status: Status; text: { nb: string; en: string } }>;

const roles = {
  manager: followUpTexts.roleManager,
  former_manager: followUpTexts.roleFormer,
  admin: followUpTexts.roleAdmin,
};

export function RecordsPage() {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const records = useAnswer('listRecords', {}, 'remember');
  const reads = useAnswer('readLog', {});
  return (
    <Page title={t(followUpTexts.recordsTitle)}>
      <Reading of={records}>
        {(value) =>
          value.records.length === 0 ? (
            <Empty text={t(followUpTexts.noRecords)} />
          ) : (
            <Section title={t(followUpTexts.reviews)} look="card">
              <ul className={styles.list}>
                {value.records.map((record) => (
                  <li key={record.id} className={styles.item}>
                    <div className={styles.words}>
                      <PageLink to={{ name: 'record', id: record.id }}>
                        {t(followUpTexts.recordOf, { date: longDate(record.heldOn, language) })}
                      </PageLink>
                      <Text size={200} className={styles.quiet}>
                        {record.seller}, {record.manager}
                      </Text>
                    </div>
                    <StatusBadge status={looks[record.state].status} text={t(looks[record.state].text)} />
                  </li>
                ))}
              </ul>
            </Section>
          )
        }
      </Reading>
      <Section title={t(followUpTexts.whoHasRead)} look="card">
        {reads.value?.granted.map(({ at, name, approvedBy, reason, month, expiresAt }) => (
          <Text key={`${at} ${name}`} className={styles.words}>
            {t(grantedTexts.line, {
              name,
              approver: approvedBy,
              reason,
              month: monthName(month, language),
              until: shortDateTime(expiresAt, deviceZone(), language),
            })}
          </Text>
        ))}
        <Reading of={reads}>
          {(value) =>
            value.reads.length === 0 ? (
              <Text className={styles.quiet}>{t(followUpTexts.nobodyHasRead)}</Text>
            ) : (
              <ul className={styles.list}>
                {value.reads.map(({ at, name, role, month }) => (
                  <li key={`${at} ${name}`} className={styles.item}>
                    <Text>
                      {t(followUpTexts.readLine, {
                        name,
                        role: t(roles[role]),
                        month: monthName(month, language),
                      })}
                    </Text>
                    <Text size={200} className={styles.quiet}>
                      {shortDateTime(at, deviceZone(), language)}
                    </Text>
                  </li>
                ))}
              </ul>
            )
          }
        </Reading>
      </Section>
    </Page>
  );
}
