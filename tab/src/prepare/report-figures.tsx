import {
  Button,
  Checkbox,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { evidenceTexts } from '@medspill/domain/content/texts/evidence';
import { reportTexts as texts } from '@medspill/domain/content/texts/report';
import { numberText } from '@medspill/domain/format';
import type { ReportColumns } from '@medspill/domain/prepare/report-columns';
import type { ReportChoice, ReportCount, RowFault } from '@medspill/domain/prepare/report-figures';
import { useState } from 'react';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { figureText } from './report-figure-text.ts';

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  help: { color: tokens.colorNeutralForeground2 },
  faults: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    maxHeight: '12rem',
    overflowY: 'auto',
    overflowWrap: 'anywhere',
  },
  choices: {
    display: 'flex',
    flexDirection: 'column',
    margin: 0,
    padding: 0,
    border: 'none',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  choice: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
});

type Props = {
  counted: ReportCount;
  choice: ReportChoice;
  columns: ReportColumns;
  left: number;
  onAdd: (figures: { label: string; value: string }[]) => void;
};

/** The rows that cannot be read, and once none is in the way the figures to choose from. */
export function ReportFigures({ counted, choice, columns, left, onAdd }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const [leavesOut, setLeavesOut] = useState(false);
  const count = (value: number) => numberText(value, language);
  const isWhole = counted.faultCount === 0 || leavesOut;
  return (
    <>
      {counted.faultCount > 0 && !leavesOut && (
        <>
          <MessageBar intent="warning" layout="multiline" role="alert">
            <MessageBarBody>
              {t(texts.faults, { count: count(counted.faultCount), of: count(counted.rows) })}
            </MessageBarBody>
          </MessageBar>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <ul className={styles.faults} aria-label={t(texts.faultList)} tabIndex={0}>
            {counted.faults.map((fault) => (
              <li key={fault.line}>
                <Fault fault={fault} />
              </li>
            ))}
            {counted.faultCount > counted.faults.length && (
              <li>{t(texts.moreFaults, { count: count(counted.faultCount - counted.faults.length) })}</li>
            )}
          </ul>
          {counted.sound > 0 && (
            <div>
              <Button onClick={() => setLeavesOut(true)}>{t(texts.leaveOut)}</Button>
            </div>
          )}
        </>
      )}
      {leavesOut && counted.faultCount > 0 && (
        <Text size={200} className={styles.help}>
          {t(texts.leftOut, { count: count(counted.faultCount) })}
        </Text>
      )}
      {counted.totals > 0 && (
        <Text size={200} className={styles.help}>
          {t(texts.totals, { count: count(counted.totals) })}
        </Text>
      )}
      {isWhole && <Choices counted={counted} choice={choice} columns={columns} left={left} onAdd={onAdd} />}
    </>
  );
}

function Fault({ fault: { kind, line, column = '', found = '' } }: { fault: RowFault }) {
  const t = useSay();
  return t(texts[`fault_${kind}`], { line, column, found });
}

function Choices({ counted, choice, columns, left, onAdd }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isFull, setIsFull] = useState(false);
  const offered = counted.figures.map((figure) => ({
    key: [figure.kind, figure.currency, figure.name].join('/'),
    ...figureText(figure, choice, t, language),
  }));
  const picked = offered.filter(({ key }) => chosen.includes(key));
  const toggle = (key: string, isChosen: boolean) => {
    // The sixth stays unchosen, and the reason is said.
    const hasRoom = !isChosen || picked.length < left;
    setIsFull(!hasRoom);
    if (!hasRoom) return;
    setChosen(isChosen ? [...chosen, key] : chosen.filter((one) => one !== key));
  };
  if (offered.length === 0) return <Text role="status">{t(texts.noDeals)}</Text>;
  return (
    <>
      <h5 className={styles.heading}>{t(texts.figures)}</h5>
      <Text size={200} className={styles.help} role="status">
        {t(texts.figuresHelp, {
          count: numberText(counted.counted, language),
          left: Math.max(0, left - picked.length),
        })}
        {columns.amount === undefined && columns.status === undefined && ` ${t(texts.needsColumn)}`}
      </Text>
      <fieldset className={styles.choices} aria-label={t(texts.figures)}>
        {offered.map(({ key, label, value }) => (
          <Checkbox
            key={key}
            checked={chosen.includes(key)}
            label={
              <span className={styles.choice}>
                <Text>{label}</Text>
                <Text weight="semibold">{value}</Text>
              </span>
            }
            onChange={(_, data) => toggle(key, data.checked === true)}
          />
        ))}
      </fieldset>
      {isFull && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t(evidenceTexts.figuresFull)}</MessageBarBody>
        </MessageBar>
      )}
      <div>
        <Button
          appearance="primary"
          disabledFocusable={picked.length === 0}
          onClick={() => onAdd(picked.map(({ label, value }) => ({ label, value })))}
        >
          {t(texts.add)}
        </Button>
      </div>
    </>
  );
}
