import { Link } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { hrefOf } from '../shell/navigation.tsx';
import type { Page } from '../shell/pages.ts';

export function PageLink({ to, children }: { to: Page; children: ReactNode }) {
  return (
    <Link href={hrefOf(to)} inline>
      {children}
    </Link>
  );
}
