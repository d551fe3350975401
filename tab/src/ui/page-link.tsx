import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { hrefOf } from '../shell/navigation.tsx';
import type { Page } from '../shell/pages.ts';

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'underline',
    borderRadius: tokens.borderRadiusSmall,
    ':hover': { color: tokens.colorBrandForegroundLinkHover },
    ':active': { color: tokens.colorBrandForegroundLinkPressed },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
});

export function PageLink({ to, children }: { to: Page; children: ReactNode }) {
  return (
    <a href={hrefOf(to)} className={useStyles().link}>
      {children}
    </a>
  );
}
