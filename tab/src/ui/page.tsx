import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { endFirstScreen } from '../shell/first-words.ts';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXL,
    maxWidth: '60rem',
    marginInline: 'auto',
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXL}`,
    '@media (max-width: 479px)': {
      gap: tokens.spacingVerticalXL,
      padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    },
  },
  head: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  titleRow: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    textWrap: 'balance',
    overflowWrap: 'anywhere',
    ':focus': { outlineStyle: 'none' },
    '@media (max-width: 479px)': {
      fontSize: tokens.fontSizeBase500,
      lineHeight: tokens.lineHeightBase500,
    },
  },
  lead: { color: tokens.colorNeutralForeground2, maxWidth: '44rem' },
});

/** The first page leaves the focus to the host; each later one takes it. */
let pagesShown = 0;

type Props = {
  title: string;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  /** The one primary action of the page, and what belongs beside it. */
  actions?: ReactNode;
  children?: ReactNode;
};

/** A page: one heading, which takes the focus when the page opens, so that a screen reader starts there. */
export function Page({ title, lead, actions, children }: Props) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  // A field of this page has taken over by now, if there is one that does.
  useLayoutEffect(endFirstScreen, []);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (pagesShown++ > 0) heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <main className={styles.page} id="content">
      <header className={styles.head}>
        <div className={styles.titleRow}>
          <h1 className={styles.title} ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {actions}
        </div>
        {lead !== undefined && (
          <Text as="p" block size={400} className={styles.lead}>
            {lead}
          </Text>
        )}
      </header>
      {children}
    </main>
  );
}
