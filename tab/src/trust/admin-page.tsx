// What an administrator chooses and counts. Nothing that a seller or a manager has written can be read from here.
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { agenda } from '@medspill/domain/content/sections/agenda';
import { adminTexts as texts } from '@medspill/domain/content/texts/trust';
import type { RouteAnswer } from '@medspill/domain/contract';
import { monthName } from '@medspill/domain/format';
import { useState } from 'react';
import { download } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { type Loaded, useAnswer } from '../client/use-answer.ts';
import { Coverage } from '../learn/coverage.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Reading } from '../ui/reading.tsx';
import { saveFile } from '../ui/save-file.ts';
import { Section } from '../ui/section.tsx';
import { SetupList } from './setup-list.tsx';

const useStyles = makeStyles({
  help: { color: tokens.colorNeutralForeground2, maxWidth: '44rem', textWrap: 'pretty' },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    '@media (max-width: 479px)': { fontSize: tokens.fontSizeBase200, hyphens: 'auto' },
  },
  head: {
    textAlign: 'end',
    verticalAlign: 'bottom',
    fontWeight: tokens.fontWeightSemibold,
    padding: tokens.spacingHorizontalS,
    paddingInlineEnd: 0,
    ':first-child': { textAlign: 'start', paddingInlineStart: 0 },
  },
  cell: {
    textAlign: 'end',
    padding: tokens.spacingHorizontalS,
    paddingInlineEnd: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontVariantNumeric: 'tabular-nums',
  },
  rowHead: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

export function AdminPage() {
  const t = useSay();
  const counts = useAnswer('readCounts', {});
  // To anybody else these pages do not exist.
  if (counts.problem?.code === 'not_found') {
    return (
      <Page title={t(texts.title)}>
        <Empty text={t(texts.onlyAdmins)} />
      </Page>
    );
  }
  return (
    <Page title={t(texts.title)} lead={t(texts.lead)}>
      <SetupList />
      <Counts counts={counts} />
      <Coverage />
      <Agenda />
      <AuditTrail />
    </Page>
  );
}

function Counts({ counts }: { counts: Loaded<RouteAnswer<'readCounts'>> }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const columns = ['signed', 'closedUnsigned', 'awaitingSecond'] as const;
  return (
    <Section title={t(texts.counts)} look="card">
      <Reading of={counts}>
        {({ pairs, months }) => {
          const shown = months.filter((month) => columns.some((column) => month[column] > 0));
          return (
            <>
              <Text>{t(texts.pairs, pairs)}</Text>
              {shown.length === 0 ? (
                <Empty text={t(texts.noCounts)} />
              ) : (
                <table className={styles.table}>
                  <thead>
                    <tr>
                      {(['month', ...columns] as const).map((column) => (
                        <th key={column} scope="col" className={styles.head}>
                          {t(texts[column])}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {shown.map((line) => (
                      <tr key={line.month}>
                        <th scope="row" className={styles.rowHead}>
                          {monthName(line.month, language)}
                        </th>
                        {columns.map((column) => (
                          <td key={column} className={styles.cell}>
                            {line[column]}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              <Text className={styles.help}>{t(texts.countsHelp)}</Text>
            </>
          );
        }}
      </Reading>
    </Section>
  );
}

function Agenda() {
  const styles = useStyles();
  const t = useSay();
  const templates = useAnswer('listTemplates', {});
  return (
    <Section title={t(texts.template)} look="card">
      <Reading of={templates}>
        {(value) => (
          <>
            {value.templates.map(({ version, textVersion, items }) => (
              <div key={version} className={styles.column}>
                <Text className={styles.help}>{t(texts.templateHelp, { version: textVersion })}</Text>
                <ol className={styles.list}>
                  {items.map(({ key }) => {
                    const item = agenda.find((one) => one.key === key);
                    return <li key={key}>{item === undefined ? key : t(item.title)}</li>;
                  })}
                </ol>
              </div>
            ))}
          </>
        )}
      </Reading>
    </Section>
  );
}

function AuditTrail() {
  const styles = useStyles();
  const t = useSay();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const fetchFile = async () => {
    setBusy(true);
    setProblem(undefined);
    const answer = await download('auditFile', {});
    setBusy(false);
    if (answer.ok) saveFile(answer.value.blob, answer.value.fileName);
    else setProblem(answer.problem);
  };
  return (
    <Section title={t(texts.audit)} look="card">
      <Text className={styles.help}>{t(texts.auditHelp)}</Text>
      <div>
        <Button icon={<ArrowDownload20Regular />} disabledFocusable={busy} onClick={() => void fetchFile()}>
          {t(texts.downloadAudit)}
        </Button>
      </div>
      <ProblemNotice problem={problem} onRetry={() => void fetchFile()} />
    </Section>
  );
}
