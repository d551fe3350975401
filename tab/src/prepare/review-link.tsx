import type { ReactNode } from 'react';
import type { ReviewPart } from '../shell/pages.ts';
import { PageLink } from '../ui/page-link.tsx';

type Props = { reviewId: string; part: ReviewPart; children: ReactNode };

/** The way to another part of the review, beside a meeting too. */
export function ReviewLink({ reviewId, part, children }: Props) {
  return <PageLink to={{ name: 'review', id: reviewId, part }}>{children}</PageLink>;
}
