import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { hrefOf } from '../shell/navigation.tsx';
import { addressOf, type Page } from '../shell/pages.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    columnGap: tokens.spacingHorizontalXS,
    '@media (max-width: 479px)': { columnGap: tokens.spacingHorizontalXXS },
  },
  link: {
    display: 'block',
    position: 'relative',
    padding: `${tokens.spacingVerticalMNudge} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    borderRadius: tokens.borderRadiusMedium,
    // Four links on one line at 320 px, the width of a side panel.
    '@media (max-width: 479px)': {
      paddingInline: tokens.spacingHorizontalXS,
      fontSize: tokens.fontSizeBase200,
    },
    ':hover': { color: tokens.colorNeutralForeground1, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '::after': {
      content: '""',
      position: 'absolute',
      insetInline: tokens.spacingHorizontalM,
      '@media (max-width: 479px)': { insetInline: tokens.spacingHorizontalXS },
      bottom: '2px',
      height: '3px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
});

type Props = {
  links: readonly { page: Page; text: string }[];
  /** Address of the link that the reader stands on. */
  here: string;
};

/** Links to pages that stand beside each other. They are links, not tabs: each is a place with an address. */
export function PageNav({ links, here }: Props) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {links.map(({ page, text }) => {
        const isHere = addressOf(page) === here;
        return (
          <li key={addressOf(page)}>
            <a
              href={hrefOf(page)}
              className={mergeClasses(styles.link, isHere && styles.here)}
              aria-current={isHere ? 'page' : undefined}
            >
              {text}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
