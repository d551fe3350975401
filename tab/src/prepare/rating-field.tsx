import { Checkbox, makeStyles, Radio, RadioGroup, Text, Textarea, tokens } from '@fluentui/react-components';
import { scale, stages } from '@medspill/domain/content/sections/stages';
import { prepareTexts as texts } from '@medspill/domain/content/texts/prepare';
import type { StageKey } from '@medspill/domain/prepare/stages';
import { useId } from 'react';
import { useSay } from '../shell/host-context.tsx';
import { Disclosure } from './disclosure.tsx';
import type { RatingValue } from './preparation-draft.ts';
import { TwoTexts } from './two-texts.tsx';
import { VisibilityLine } from './visibility-line.tsx';

const useStyles = makeStyles({
  help: { color: tokens.colorNeutralForeground2 },
  group: { gap: tokens.spacingVerticalXXS },
  level: { display: 'flex', flexDirection: 'column', paddingBlock: tokens.spacingVerticalXXS },
  anchor: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  example: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  label: { fontWeight: tokens.fontWeightSemibold },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
  },
  toggle: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
});

type Props = {
  stage: StageKey;
  value: RatingValue | undefined;
  /** Whether a level counts only with an example. */
  needsExample: boolean;
  readOnly: boolean;
  startOpen: boolean;
  onChange: (value: RatingValue) => void;
  other?: RatingValue;
  onSettle: (which: 'mine' | 'other') => void;
};

/** One step of the sales process: six levels with the full behaviour text of each, and the example behind the choice. */
export function RatingField({
  stage,
  value,
  needsExample,
  readOnly,
  startOpen,
  onChange,
  other,
  onSettle,
}: Props) {
  const styles = useStyles();
  const t = useSay();
  const id = useId();
  const text = stages.find((one) => one.key === stage);
  if (text === undefined) return null;
  const given = value ?? { value: null, example: '', ready: false };
  const chosen = value === undefined ? undefined : String(value.value);
  const level = scale.find((one) => one.value === given.value);
  const title = t(text.title);
  const summary =
    value === undefined || level === undefined
      ? t(texts.notRated)
      : given.value === null
        ? t(level.label)
        : t(texts.levelNumber, { value: given.value, label: t(level.label) });
  return (
    <Disclosure title={title} startOpen={startOpen} aside={<Text size={200}>{summary}</Text>}>
      <Text as="p" block>
        {t(text.definition)}
      </Text>
      <Text as="p" block size={200} className={styles.help}>
        {t(texts.customerLens)}: {t(text.customer_lens)}
        <br />
        {t(texts.evidence)}: {t(text.evidence)}
      </Text>
      <RadioGroup
        className={styles.group}
        aria-label={t(texts.ratingOf, { stage: title })}
        value={chosen ?? ''}
        disabled={readOnly}
        onChange={(_, data) => onChange({ ...given, value: levelOf(data.value) })}
      >
        {scale.map(({ value: number, label, help }) => {
          const anchor = text.anchors.find((one) => one.value === number);
          return (
            <Radio
              key={String(number)}
              value={String(number)}
              label={
                <span className={styles.level}>
                  <Text weight="semibold">
                    {number === null ? t(label) : t(texts.levelNumber, { value: number, label: t(label) })}
                  </Text>
                  <Text size={200} className={styles.anchor}>
                    {t(anchor?.text ?? help)}
                  </Text>
                </span>
              }
            />
          );
        })}
      </RadioGroup>
      <div className={styles.example}>
        <label htmlFor={id} className={styles.label}>
          {t(texts.example)}
        </label>
        <Textarea
          id={id}
          value={given.example}
          readOnly={readOnly}
          resize="vertical"
          textarea={{ rows: 2, maxLength: 10_000 }}
          aria-describedby={`${id}-need ${id}-who`}
          onChange={(_, data) => onChange({ ...given, example: data.value })}
        />
        <Text size={200} id={`${id}-need`} className={styles.warn} role="status">
          {needsExample && given.value !== null && given.example.trim() === '' && t(texts.exampleNeeded)}
        </Text>
      </div>
      <div className={styles.row}>
        <VisibilityLine id={`${id}-who`} visibleTo="both" text={t(texts.shownToBoth)} />
        <Checkbox
          className={styles.toggle}
          checked={given.ready}
          disabled={readOnly || value === undefined}
          label={t(texts.markReady)}
          aria-label={t(texts.markReadyOf, { question: title })}
          onChange={(_, data) => onChange({ ...given, ready: data.checked === true })}
        />
      </div>
      {other !== undefined && (
        <TwoTexts other={`${other.value ?? t(texts.notRated)} – ${other.example}`} onSettle={onSettle} />
      )}
    </Disclosure>
  );
}

function levelOf(text: string): RatingValue['value'] {
  const levels = [1, 2, 3, 4, 5] as const;
  return levels.find((level) => String(level) === text) ?? null;
}
