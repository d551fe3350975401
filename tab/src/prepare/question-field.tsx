import { Checkbox, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import type { Text as CatalogueText } from '@medspill/domain/content/text';
import { prepareTexts as texts } from '@medspill/domain/content/texts/prepare';
import { useId } from 'react';
import { useSay } from '../shell/host-context.tsx';
import { WhileWriting } from '../ui/while-writing.tsx';
import type { AnswerValue } from './preparation-draft.ts';
import { TwoTexts } from './two-texts.tsx';
import { VisibilityLine } from './visibility-line.tsx';

const useStyles = makeStyles({
  question: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  label: { fontWeight: tokens.fontWeightSemibold, textWrap: 'pretty' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    minHeight: '32px',
  },
  toggle: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
  hint: { color: tokens.colorNeutralForeground2 },
});

export type Sharing = 'revealed' | 'by_choice' | 'never';

type Props = {
  label: CatalogueText;
  hint?: CatalogueText;
  sharing: Sharing;
  value: AnswerValue;
  readOnly: boolean;
  onChange: (value: AnswerValue) => void;
  /** What another device has in this field, where it differs. */
  other?: AnswerValue;
  onSettle: (which: 'mine' | 'other') => void;
};

/** One question, who may read its answer, and the author's word that it may be read. */
export function QuestionField({ label, hint, sharing, value, readOnly, onChange, other, onSettle }: Props) {
  const styles = useStyles();
  const t = useSay();
  const id = useId();
  const shared = sharing === 'revealed' || (sharing === 'by_choice' && value.ready);
  const who =
    sharing === 'never'
      ? `${t(texts.onlyMe)}. ${t(texts.onlyMeHelp)}`
      : t(shared ? texts.shownToBoth : texts.onlyMeUntilShared);
  return (
    <div className={styles.question}>
      <label htmlFor={id} className={styles.label}>
        {t(label)}
      </label>
      {hint !== undefined && (
        <Text size={200} className={styles.hint} id={`${id}-hint`}>
          {t(hint)}
        </Text>
      )}
      <Textarea
        id={id}
        value={value.text}
        readOnly={readOnly}
        resize="vertical"
        textarea={{ rows: rowsFor(value.text), maxLength: 10_000 }}
        aria-describedby={hint === undefined ? `${id}-who` : `${id}-hint ${id}-who`}
        onChange={(_, data) => onChange({ ...value, text: data.value })}
      />
      {!readOnly && <WhileWriting text={value.text} />}
      <div className={styles.row}>
        <VisibilityLine id={`${id}-who`} visibleTo={shared ? 'both' : 'me'} text={who} />
        {sharing !== 'never' && (
          <Checkbox
            className={styles.toggle}
            checked={value.ready}
            disabled={readOnly}
            label={t(sharing === 'revealed' ? texts.markReady : texts.shareThis)}
            aria-label={sharing === 'revealed' ? t(texts.markReadyOf, { question: t(label) }) : undefined}
            onChange={(_, data) => onChange({ ...value, ready: data.checked === true })}
          />
        )}
      </div>
      {other !== undefined && <TwoTexts other={other.text} onSettle={onSettle} />}
    </div>
  );
}

/** Room for what is written, within reason: nobody should scroll inside a small box on a phone. */
function rowsFor(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / 60), 0);
  return Math.min(12, Math.max(2, lines));
}
