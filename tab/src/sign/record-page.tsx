import { Button, Field, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { signTexts as texts } from '@medspill/domain/content/texts/sign';
import { longDate, monthName, shortDateTime } from '@medspill/domain/format';
import type { RecordView } from '@medspill/domain/sign/contract';
import { useEffect, useState } from 'react';
import { download } from '../client/call.ts';
import { deviceZone } from '../client/clock.ts';
import { newId } from '../client/new-id.ts';
import type { Problem } from '../client/problem.ts';
import { useAnswer } from '../client/use-answer.ts';
import { useCommand } from '../client/use-command.ts';
import { message } from '../prepare/message.ts';
import { deviceStore, type NotIncluded } from '../run/live-store.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Reading } from '../ui/reading.tsx';
import { saveFile } from '../ui/save-file.ts';
import { Section } from '../ui/section.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { RecordBody } from './record-body.tsx';
import { SignatureList } from './signature-list.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '44rem' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  check: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  item: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
});

/** One signed record: its words, who signed them, whether they still hold, and what was added. */
export function RecordPage({ recordId }: { recordId: string }) {
  const t = useSay();
  const language = useLanguage();
  const record = useAnswer('readRecord', { params: { recordId } });
  const content = record.value?.content;
  return (
    <Page
      title={
        content === undefined
          ? t(texts.record)
          : t(texts.recordTitle, { month: monthName(content.month, language) })
      }
      lead={
        content &&
        t(texts.recordLead, {
          seller: content.seller.name,
          manager: content.manager.name,
          date: longDate(content.heldOn, language),
        })
      }
    >
      <Reading of={record}>
        {(value) => (
          <>
            <Standing record={value} />
            <Downloads recordId={recordId} />
            <Section title={t(texts.record)} look="card">
              <RecordBody content={value.content} />
            </Section>
            {value.disagreement !== undefined && <Disagreement record={value} />}
            <Section title={t(texts.signatures)} look="card">
              <SignatureList record={value} />
              <Verification recordId={recordId} />
            </Section>
            <Addenda record={value} onRecord={record.put} />
          </>
        )}
      </Reading>
    </Page>
  );
}

function Standing({ record }: { record: RecordView }) {
  const t = useSay();
  const language = useLanguage();
  const last = record.signatures.at(-1);
  if (record.state === 'sealed' && last !== undefined) {
    return (
      <Text>{t(message('sign_done'), { date_time: shortDateTime(last.at, deviceZone(), language) })}</Text>
    );
  }
  if (record.state !== 'closed_unsigned') return <Text>{t(message('sign_missing'))}</Text>;
  const unsigned = (['manager', 'seller'] as const).filter(
    (side) => !record.signatures.some((signature) => signature.side === side),
  );
  const [only] = unsigned;
  return (
    <Text>
      {unsigned.length === 1 && only !== undefined
        ? t(texts.closedUnsigned, { name: record.content[only].name })
        : t(texts.closedUnsignedBoth)}
    </Text>
  );
}

function Disagreement({ record }: { record: RecordView }) {
  const styles = useStyles();
  const t = useSay();
  return (
    <Section title={t(texts.disagreementOf, { name: record.content.seller.name })} look="card">
      <Text className={styles.words}>{record.disagreement}</Text>
    </Section>
  );
}

function Downloads({ recordId }: { recordId: string }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const fetchFile = async (kind: 'recordPdf' | 'recordJson') => {
    setBusy(true);
    setProblem(undefined);
    const params = { recordId };
    const answer =
      kind === 'recordPdf'
        ? await download(kind, { params, query: { language } })
        : await download(kind, { params });
    setBusy(false);
    if (answer.ok) saveFile(answer.value.blob, answer.value.fileName);
    else setProblem(answer.problem);
  };
  return (
    <>
      <ProblemNotice problem={problem} />
      <div className={styles.row}>
        <Button
          icon={<ArrowDownload20Regular />}
          disabledFocusable={busy}
          aria-label={`${t(texts.download)} ${t(texts.pdf)}`}
          onClick={() => void fetchFile('recordPdf')}
        >
          {t(texts.pdf)}
        </Button>
        <Button
          icon={<ArrowDownload20Regular />}
          disabledFocusable={busy}
          aria-label={`${t(texts.download)} ${t(texts.json)}`}
          onClick={() => void fetchFile('recordJson')}
        >
          {t(texts.json)}
        </Button>
        <Text size={200} className={styles.help}>
          {t(texts.jsonHelp)}
        </Text>
      </div>
    </>
  );
}

const checkTexts = {
  content: texts.check_content,
  digest: texts.check_digest,
  chain: texts.check_chain,
  signatures: texts.check_signatures,
  seal: texts.check_seal,
  addenda: texts.check_addenda,
} as const;

function Verification({ recordId }: { recordId: string }) {
  const styles = useStyles();
  const t = useSay();
  const [asked, setAsked] = useState(false);
  const answer = useAnswer('verifyRecord', asked ? { params: { recordId } } : undefined);
  return (
    <div className={styles.item}>
      <Text size={200} className={styles.help}>
        {t(texts.verifyHelp)}
      </Text>
      <div>
        <Button disabledFocusable={answer.loading} onClick={() => (asked ? answer.reload() : setAsked(true))}>
          {t(texts.verify)}
        </Button>
      </div>
      <ProblemNotice problem={answer.problem} onRetry={answer.reload} />
      <div role="status">
        {answer.value !== undefined && (
          <>
            <Text weight="semibold">{t(answer.value.holds ? texts.verified : texts.notVerified)}</Text>
            <ul className={styles.list}>
              {answer.value.checks.map(({ name, holds }) => (
                <li key={name} className={styles.check}>
                  <Text>{t(checkTexts[name])}</Text>
                  <StatusBadge status={holds ? 'good' : 'bad'} text={t(holds ? texts.holds : texts.broken)} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function Addenda({ record, onRecord }: { record: RecordView; onRecord: (record: RecordView) => void }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [text, setText] = useState('');
  // One id for one addendum, whatever happens on the way: a repeat adds nothing.
  const [addendumId, setAddendumId] = useState(newId);
  const add = useCommand('addAddendum', (next) => {
    setText('');
    setAddendumId(newId());
    announce(t(texts.addendumAdded));
    onRecord(next);
  });
  const closed = record.state === 'sealed' || record.state === 'closed_unsigned';
  return (
    <Section title={t(texts.addenda)} look="card">
      {record.addenda.length === 0 && <Text>{t(texts.noAddenda)}</Text>}
      <ul className={styles.list}>
        {record.addenda.map((addendum) => (
          <li key={addendum.id} className={styles.item}>
            <Text weight="semibold">
              {t(texts.addendumBy, {
                name: addendum.name,
                when: shortDateTime(addendum.at, deviceZone(), language),
              })}
            </Text>
            <Text className={styles.words}>{addendum.text}</Text>
          </li>
        ))}
      </ul>
      {closed && (
        <>
          <LateWords record={record} onUse={(words) => setText(text === '' ? words : `${text}\n${words}`)} />
          <Field label={{ children: t(texts.addendum), weight: 'semibold' }} hint={t(texts.addendumHelp)}>
            <Textarea
              value={text}
              resize="vertical"
              textarea={{ rows: 3, maxLength: 10_000 }}
              onChange={(_, data) => setText(data.value)}
            />
          </Field>
          <ProblemNotice problem={add.problem} onRetry={add.again} />
          <div>
            <Button
              disabledFocusable={text.trim() === '' || add.busy}
              onClick={() =>
                void add.run({ params: { recordId: record.id }, body: { addendumId, text: text.trim() } })
              }
            >
              {t(texts.addAddendum)}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

/** What this person wrote offline and too late: kept on the device, offered here, never entered by itself. */
function LateWords({ record, onUse }: { record: RecordView; onUse: (words: string) => void }) {
  const styles = useStyles();
  const t = useSay();
  const owner = `${record.content[record.side].id}/${record.content.reviewId}`;
  const [words, setWords] = useState<NotIncluded[]>([]);
  useEffect(() => {
    let current = true;
    void deviceStore(owner)
      .load()
      .then(({ tray }) => {
        if (!current) return;
        // They leave the device when an addendum holds them and not before: a tab may close in between.
        const isAdded = ({ text }: NotIncluded) =>
          record.addenda.some((one) => one.side === record.side && one.text.includes(text.trim()));
        for (const { id } of tray.filter(isAdded)) deviceStore(owner).dropWords(id);
        setWords(tray.filter((one) => !isAdded(one)));
      });
    return () => {
      current = false;
    };
  }, [owner, record.addenda, record.side]);
  const letGo = (id: string) => {
    deviceStore(owner).dropWords(id);
    setWords(words.filter((one) => one.id !== id));
  };
  if (words.length === 0) return null;
  return (
    <div className={styles.item}>
      <Text weight="semibold">{t(texts.lateWords)}</Text>
      <Text size={200} className={styles.help}>
        {t(texts.lateWordsHelp)}
      </Text>
      <ul className={styles.list}>
        {words.map(({ id, text }) => (
          <li key={id} className={styles.item}>
            <Text className={styles.words}>{text}</Text>
            <div className={styles.row}>
              <Button onClick={() => onUse(text)}>{t(texts.useWords)}</Button>
              <Button onClick={() => letGo(id)}>{t(texts.deleteWords)}</Button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
