import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { useAnnounce } from '../shell/announce.tsx';
import { handTo, leaveWords, takeWords } from '../shell/first-words.ts';
import { useSay } from '../shell/host-context.tsx';
import { WhileWriting } from '../ui/while-writing.tsx';
import { useMeeting } from './live-context.tsx';

const useStyles = makeStyles({
  field: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    minWidth: 0,
    flexGrow: 1,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
  },
  label: { fontWeight: tokens.fontWeightSemibold, textWrap: 'pretty' },
  hint: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  writing: { color: tokens.colorBrandForeground1, fontSize: tokens.fontSizeBase200, minHeight: '1em' },
  area: {
    boxSizing: 'border-box',
    width: '100%',
    minHeight: '34px',
    maxHeight: '60vh',
    fieldSizing: 'content',
    resize: 'vertical',
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM}`,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { border: `1px solid ${tokens.colorNeutralStroke1Hover}` },
    ':focus': {
      outline: `2px solid ${tokens.colorCompoundBrandStroke}`,
      outlineOffset: '-1px',
    },
    '::placeholder': { color: tokens.colorNeutralForeground4 },
  },
  others: { border: `1px solid ${tokens.colorBrandStroke1}` },
  locked: { backgroundColor: tokens.colorNeutralBackground3 },
  over: { color: tokens.colorPaletteRedForeground1 },
});

/** How long after the other's last word it is told to a screen reader: once for a thought, not for each key. */
const tellAfterMs = 2_500;

type Props = {
  /** The root of the form that the words are in. */
  name: string;
  label: string;
  hint?: string;
  rows?: number;
  /** Counted towards when it is near. */
  advised?: number;
};

/** The field of the form that takes typing before there is a form (meeting.html shows it without React). */
export const firstField = 'note.open';

/** A field that both write in at once. */
export function SharedField({ name, label, hint, rows = 2, advised }: Props) {
  const styles = useStyles();
  const t = useSay();
  const id = useId();
  const announce = useAnnounce();
  const { form, other, writable } = useMeeting();
  const area = useRef<HTMLTextAreaElement>(null);
  // A hint is for whoever writes, not for the other who sees the words come.
  const [hasWritten, setHasWritten] = useState(false);
  const isFirst = name === firstField;
  const [handed, setHanded] = useState(!isFirst);
  const [composing, setComposing] = useState(false);
  const { live, bindTextarea } = form ?? {};
  const doc = form?.view.doc;
  const text = doc?.getText(name);

  useLayoutEffect(() => {
    return isFirst && area.current !== null ? handTo(area.current, () => setHanded(true)) : undefined;
  }, [isFirst]);

  // A word that an input method composes over the moment when the form comes is finished first.
  const waits = !handed || composing;
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    if (text !== undefined && bindTextarea !== undefined && !waits) {
      return bindTextarea(element, text, () => live?.writingIn(name), isFirst ? takeWords() : '');
    }
    // What is typed until then is this field's own and goes with it.
    return isFirst ? () => leaveWords(element.value) : undefined;
  }, [waits, text, name, live, bindTextarea, isFirst]);

  useEffect(() => {
    if (text === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (_: Y.YTextEvent, transaction: Y.Transaction) => {
      if (transaction.local) return;
      clearTimeout(timer);
      timer = setTimeout(
        () => announce(t(texts.otherChanged, { name: other.firstName, field: label })),
        tellAfterMs,
      );
    };
    text.observe(tell);
    return () => {
      clearTimeout(timer);
      text.unobserve(tell);
    };
  }, [text, label, announce, t, other.firstName]);

  const writing = form?.view.presence.some((one) => one.field === name);
  const length = [...(text?.toString() ?? '')].length;
  const near = advised !== undefined && length > advised * 0.8;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {writing && <span className={styles.writing}>{t(texts.writing, { name: other.firstName })}</span>}
      </div>
      {hint !== undefined && (
        <Text size={200} className={styles.hint} id={`${id}-hint`}>
          {hint}
        </Text>
      )}
      <textarea
        id={id}
        ref={area}
        rows={rows}
        readOnly={!writable}
        className={mergeClasses(styles.area, writing && styles.others, !writable && styles.locked)}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        onInput={() => setHasWritten(true)}
        onBlur={() => live?.writingIn(undefined)}
        onCompositionStart={() => text === undefined && setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
      {hasWritten && text !== undefined && <WhileWriting text={text.toString()} />}
      {near && (
        <Text size={200} className={length > advised ? styles.over : styles.hint}>
          {length > advised
            ? t(texts.charactersOver, { count: length - advised, limit: advised })
            : t(texts.characters, { count: length, limit: advised })}
        </Text>
      )}
    </div>
  );
}
