import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowSync16Regular,
  CheckmarkCircle16Regular,
  CloudOff16Regular,
  ErrorCircle16Regular,
} from '@fluentui/react-icons';
import { savingTexts as texts } from '@medspill/domain/content/texts/saving';
import { useSay } from '../shell/host-context.tsx';
import type { SaveState } from './preparation-draft.ts';

const useStyles = makeStyles({
  line: {
    display: 'inline-flex',
    alignItems: 'flex-start',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  floating: {
    position: 'sticky',
    bottom: tokens.spacingVerticalS,
    alignSelf: 'flex-end',
    maxWidth: '24rem',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow4,
    gap: tokens.spacingHorizontalXS,
  },
  sign: { display: 'flex', flexShrink: 0 },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
});

type Props = {
  state: SaveState;
  lasting: boolean;
  /** Floating: at the lower edge of the page, in view wherever one writes. */
  look?: 'floating' | 'inline';
  /** Who has all of it on their screen. */
  seenBy?: string;
};

/** What is saved and what is not, always in words; a screen reader hears only what lasts (offline, refused). */
export function SaveLine({ state, lasting, look = 'floating', seenBy }: Props) {
  const styles = useStyles();
  const t = useSay();
  const words = {
    saved: texts.saved,
    waiting: lasting ? texts.waiting : texts.notKeptHere,
    sending: texts.sending,
    offline: lasting ? texts.offline : texts.notKeptHere,
    trying: texts.notSent,
    refused: texts.refused,
    closed: texts.closed,
  }[state];
  const grave = state === 'refused';
  const late = state === 'offline' || state === 'trying';
  return (
    <span
      className={mergeClasses(
        styles.line,
        look === 'floating' && styles.floating,
        late && styles.warn,
        grave && styles.bad,
      )}
      role={late || grave ? 'status' : undefined}
    >
      <span className={styles.sign} aria-hidden="true">
        {(state === 'saved' || state === 'closed') && <CheckmarkCircle16Regular />}
        {(state === 'waiting' || state === 'sending') && <ArrowSync16Regular />}
        {late && <CloudOff16Regular />}
        {grave && <ErrorCircle16Regular />}
      </span>
      {state === 'saved' && seenBy !== undefined ? t(texts.seenBy, { name: seenBy }) : t(words)}
    </span>
  );
}
