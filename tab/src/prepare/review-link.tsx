import type { ReactNode } from 'react';
import { useHost } from '../shell/host-context.tsx';
import type { ReviewPart } from '../shell/pages.ts';
import { PageLink } from '../ui/page-link.tsx';

type Props = { reviewId: string; part: ReviewPart; children: ReactNode };

/** The way to another part of the review; beside a meeting there are tabs for it and no addresses. */
export function ReviewLink({ reviewId, part, children }: Props) {
  const { surface } = useHost();
  if (surface === 'side-panel') return null;
  return <PageLink to={{ name: 'review', id: reviewId, part }}>{children}</PageLink>;
}
