// Figures from a sales report: choose the file, say what its columns mean, choose at most five figures. The report is
// read in a worker and stays on the device (docs/decisions/a-report-stays-in-the-browser.md).
import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { reportTexts as texts } from '@medspill/domain/content/texts/report';
import { numberText, percentText } from '@medspill/domain/format';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { type ChangeEvent, useRef, useState } from 'react';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ReportColumnsForm } from './report-columns-form.tsx';
import { useReport } from './use-report.ts';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    minWidth: 0,
    margin: 0,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  file: { overflowWrap: 'anywhere' },
});

type Props = {
  review: ReviewView;
  /** Figures that may still be chosen. */
  left: number;
  onAdd: (figures: { label: string; value: string }[]) => void;
  onClose: () => void;
};

export function ReportImport({ review, left, onAdd, onClose }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const { state, open, count } = useReport();
  const name = file?.name ?? '';

  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = target.files?.[0];
    // The same file again, corrected meanwhile, is a change too.
    target.value = '';
    if (chosen === undefined) return;
    setFile(chosen);
    open(chosen);
  };

  return (
    <section className={styles.panel} aria-label={t(texts.title)}>
      <h4 className={styles.heading}>{t(texts.title)}</h4>
      <Text className={styles.help}>{t(texts.private)}</Text>
      <Text size={200} className={styles.help}>
        {t(texts.kinds)}
      </Text>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx"
        aria-label={t(texts.file)}
        onChange={choose}
      />
      <div className={styles.buttons}>
        <Button
          appearance={state.at === 'opened' ? 'secondary' : 'primary'}
          onClick={() => input.current?.click()}
        >
          {t(file === undefined ? texts.choose : texts.chooseOther)}
        </Button>
        <Button appearance="subtle" onClick={onClose}>
          {t(texts.close)}
        </Button>
      </div>
      {state.at === 'reading' && (
        <Field
          validationState="none"
          validationMessage={t(texts.reading, {
            name,
            share: percentText(Math.round(state.share * 100), language),
          })}
        >
          <ProgressBar value={state.share} aria-label={t(texts.title)} />
        </Field>
      )}
      {state.at === 'unread' && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            {state.why === 'not_started'
              ? t(texts.notStarted)
              : t(texts[`unreadable_${state.why.reason}`], { line: state.why.line ?? 0 })}
          </MessageBarBody>
        </MessageBar>
      )}
      {state.at === 'opened' && (
        <>
          <Text role="status" className={styles.file}>
            {t(texts.read, { name, count: numberText(state.report.rows, language) })}
          </Text>
          <ReportColumnsForm
            key={`${name}/${state.report.sheet}`}
            review={review}
            report={state.report}
            counted={state.count}
            left={left}
            onCount={count}
            onSheet={(sheet) => file !== undefined && open(file, sheet)}
            onAdd={onAdd}
          />
        </>
      )}
    </section>
  );
}
