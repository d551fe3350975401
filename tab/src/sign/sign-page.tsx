import {
  Button,
  Field,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { signTexts as texts } from '@medspill/domain/content/texts/sign';
import { longDate, shortDateTime } from '@medspill/domain/format';
import { otherSide } from '@medspill/domain/sides';
import type { RecordView } from '@medspill/domain/sign/contract';
import { useEffect, useState } from 'react';
import { deviceZone } from '../client/clock.ts';
import { useAnswer } from '../client/use-answer.ts';
import { useCommand } from '../client/use-command.ts';
import { keptFields } from '../prepare/kept-fields.ts';
import { message } from '../prepare/message.ts';
import { ReviewLink } from '../prepare/review-link.tsx';
import { useAnnounce } from '../shell/announce.tsx';
import { useHost, useLanguage, useSay } from '../shell/host-context.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Page } from '../ui/page.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { RecordBody } from './record-body.tsx';
import { SignatureList } from './signature-list.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty', maxWidth: '44rem' },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** How often the record is read again while it waits for somebody. */
const lookMs = 8_000;

const missingTexts: Record<string, { nb: string; en: string }> = {
  summary: texts.missing_summary,
  focus: texts.missing_focus,
  promise: texts.missing_promise,
  short_goals: texts.missing_short_goals,
  long_goals: texts.missing_long_goals,
};

/** The record as it would be signed now, what signing means, and the signature. */
export function SignPage({ reviewId }: { reviewId: string }) {
  const t = useSay();
  const record = useAnswer('previewRecord', { params: { reviewId } });
  const { reload } = record;
  const settled = record.value?.state === 'sealed' || record.value?.state === 'closed_unsigned';
  useEffect(() => {
    if (settled) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), lookMs);
    return () => clearInterval(timer);
  }, [settled, reload]);
  return (
    <Page title={t(texts.title)} lead={t(texts.lead)}>
      <Reading of={record}>
        {(value) => <Signing reviewId={reviewId} latest={value} onRecord={record.put} onChanged={reload} />}
      </Reading>
    </Page>
  );
}

type SigningProps = {
  reviewId: string;
  latest: RecordView;
  onRecord: (record: RecordView) => void;
  onChanged: () => void;
};

function Signing({ reviewId, latest, onRecord, onChanged }: SigningProps) {
  const styles = useStyles();
  const t = useSay();
  // What the person is reading stays until they ask for the new text: nobody signs words they have not seen.
  const [read, setRead] = useState(latest.digest);
  const [shown, setShown] = useState(latest);
  const changed = latest.digest !== read;
  useEffect(() => {
    if (!changed) setShown(latest);
  }, [changed, latest]);
  const showNew = () => {
    setRead(latest.digest);
    setShown(latest);
  };
  const take = (record: RecordView) => {
    setRead(record.digest);
    onRecord(record);
  };
  return (
    <>
      <Standing record={shown} />
      {changed && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t(texts.changed)}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={showNew}>{t(texts.showNew)}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {shown.state === 'draft' && shown.missing.length > 0 && (
        <Section title={t(texts.missing)} look="card">
          <ul className={styles.list}>
            {shown.missing.map((code) => (
              <li key={code}>{t(missingTexts[code] ?? texts.missing)}</li>
            ))}
          </ul>
          <ReviewLink reviewId={reviewId} part="run">
            {t(texts.toForm)}
          </ReviewLink>
        </Section>
      )}
      <Section title={t(texts.record)} look="card">
        <RecordBody content={shown.content} />
      </Section>
      {shown.disagreement !== undefined && (
        <Section title={t(texts.disagreementOf, { name: shown.content.seller.name })} look="card">
          <Text className={styles.words}>{shown.disagreement}</Text>
        </Section>
      )}
      <Section title={t(texts.signatures)} look="card">
        <SignatureList record={shown} />
      </Section>
      <SignForm reviewId={reviewId} record={shown} changed={changed} onRecord={take} onChanged={onChanged} />
    </>
  );
}

/** Where the record stands, by name. */
function Standing({ record }: { record: RecordView }) {
  const t = useSay();
  const language = useLanguage();
  const { surface } = useHost();
  const mine = record.signatures.some((signature) => signature.side === record.side);
  const other = record.content[otherSide(record.side)].name;
  const last = record.signatures.at(-1);
  if (record.state === 'draft') return <Text>{t(message('sign_missing'))}</Text>;
  if (record.state === 'awaiting_second' && mine) {
    return (
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>
          {record.deadline === undefined
            ? t(texts.waitingPlain, { other })
            : t(texts.waitingFor, { other, date: longDate(record.deadline, language) })}
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (record.state === 'awaiting_second') {
    return (
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{t(texts.signSecond, { other })}</MessageBarBody>
      </MessageBar>
    );
  }
  const unsigned = (['manager', 'seller'] as const).filter(
    (side) => !record.signatures.some((signature) => signature.side === side),
  );
  const [only] = unsigned;
  return (
    <>
      <MessageBar intent={record.state === 'sealed' ? 'success' : 'info'} layout="multiline">
        <MessageBarBody>
          {record.state === 'sealed'
            ? t(message('sign_done'), {
                date_time: last === undefined ? '' : shortDateTime(last.at, deviceZone(), language),
              })
            : unsigned.length === 1 && only !== undefined
              ? t(texts.closedUnsigned, { name: record.content[only].name })
              : t(texts.closedUnsignedBoth)}
        </MessageBarBody>
      </MessageBar>
      {surface !== 'side-panel' && (
        <PageLink to={{ name: 'record', id: record.id }}>{t(texts.openRecord)}</PageLink>
      )}
    </>
  );
}

type FormProps = {
  reviewId: string;
  record: RecordView;
  /** The words have changed since they were read. */
  changed: boolean;
  onRecord: (record: RecordView) => void;
  onChanged: () => void;
};

function SignForm({ reviewId, record, changed, onRecord, onChanged }: FormProps) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const kept = useState(() =>
    keptFields(`medspill/disagreement/${reviewId}/${record.content.seller.id}/`),
  )[0];
  const [disagreement, setDisagreement] = useState(() => String(kept.all().get('text') ?? ''));
  const [asking, setAsking] = useState<'sign' | 'withdraw'>();
  const sign = useCommand('signRecord', (next) => {
    kept.drop('text');
    announce(t(texts.signedNow));
    onRecord(next);
  });
  const withdraw = useCommand('withdrawSignature', (next) => {
    announce(t(texts.withdrawn));
    onRecord(next);
  });
  const other = record.content[otherSide(record.side)].name;
  const mine = record.signatures.some((signature) => signature.side === record.side);
  const closed = record.state === 'sealed' || record.state === 'closed_unsigned';
  const close = () => setAsking(undefined);
  const words = disagreement.trim();

  // The dialogs stay where they are when the record moves on: one that is taken away while it is open would leave the
  // page behind it hidden from screen readers.
  return (
    <>
      {!closed && mine && (
        <>
          <ProblemNotice problem={withdraw.problem} onRetry={withdraw.again} />
          <div className={styles.row}>
            <Button onClick={() => setAsking('withdraw')}>{t(texts.withdraw)}</Button>
          </div>
        </>
      )}
      {!closed && !mine && (
        <Section title={t(texts.meaning)} look="card">
          <Text as="p" block className={styles.help}>
            {t(message('sign_meaning'))}
          </Text>
          {record.side === 'seller' && (
            <Field
              label={{ children: t(texts.disagreement), weight: 'semibold' }}
              hint={t(texts.disagreementHelp)}
            >
              <Textarea
                value={disagreement}
                resize="vertical"
                textarea={{ rows: 3, maxLength: 10_000 }}
                onChange={(_, data) => {
                  setDisagreement(data.value);
                  kept.keep('text', data.value);
                }}
              />
            </Field>
          )}
          <ProblemNotice problem={sign.problem} />
          <div className={styles.row}>
            <Button
              appearance="primary"
              size="large"
              disabledFocusable={record.missing.length > 0 || changed || sign.busy}
              onClick={() => setAsking('sign')}
            >
              {t(texts.sign)}
            </Button>
          </div>
        </Section>
      )}
      <ConfirmDialog
        open={asking === 'sign'}
        onClose={close}
        title={t(texts.signTitle)}
        verb={t(texts.sign)}
        busy={sign.busy}
        onConfirm={async () => {
          const answer = await sign.run({
            params: { reviewId },
            body: {
              digest: record.digest,
              seq: record.seq,
              ...(record.side === 'seller' && words !== '' ? { disagreement: words } : {}),
            },
          });
          close();
          if (!answer.ok) onChanged();
        }}
      >
        {record.signatures.length === 0 ? t(texts.signFirst, { other }) : t(texts.signSecond, { other })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'withdraw'}
        onClose={close}
        title={t(texts.withdrawTitle)}
        verb={t(texts.withdraw)}
        busy={withdraw.busy}
        onConfirm={async () => {
          const answer = await withdraw.run({ params: { reviewId } });
          close();
          if (!answer.ok) onChanged();
        }}
      >
        {t(texts.withdrawHelp)}
      </ConfirmDialog>
    </>
  );
}
