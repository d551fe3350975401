// The personal tab with its pages, or beside a meeting that meeting's review alone.
import { makeStyles, tokens } from '@fluentui/react-components';
import type { Text } from '@medspill/domain/content/text';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { lazy, useMemo } from 'react';
import { PageNav } from '../ui/page-nav.tsx';
import { PageFloor } from './app.tsx';
import { useHost, useSay } from './host-context.tsx';
import { NavigationProvider, useNavigation } from './navigation.tsx';
import { addressOf, type Page, pageOf } from './pages.ts';

const HomePage = lazy(() => import('../follow-up/home-page.tsx').then((m) => ({ default: m.HomePage })));
const BookPage = lazy(() => import('../book/book-page.tsx').then((m) => ({ default: m.BookPage })));
const BookTeamPage = lazy(() =>
  import('../book/book-team-page.tsx').then((m) => ({ default: m.BookTeamPage })),
);
const PairPage = lazy(() => import('../follow-up/pair-page.tsx').then((m) => ({ default: m.PairPage })));
const GoalPage = lazy(() => import('../follow-up/goal-page.tsx').then((m) => ({ default: m.GoalPage })));
const RecordsPage = lazy(() =>
  import('../follow-up/records-page.tsx').then((m) => ({ default: m.RecordsPage })),
);
const MomentsPage = lazy(() =>
  import('../follow-up/moments-page.tsx').then((m) => ({ default: m.MomentsPage })),
);
const ChoicesPage = lazy(() =>
  import('../follow-up/choices-page.tsx').then((m) => ({ default: m.ChoicesPage })),
);
const AdminPage = lazy(() => import('../trust/admin-page.tsx').then((m) => ({ default: m.AdminPage })));
const RecordPage = lazy(() => import('../sign/record-page.tsx').then((m) => ({ default: m.RecordPage })));
const GrowthPage = lazy(() => import('../learn/growth-page.tsx').then((m) => ({ default: m.GrowthPage })));
const ReviewPage = lazy(() => import('./review-page.tsx').then((m) => ({ default: m.ReviewPage })));
const MeetingPage = lazy(() => import('./meeting-page.tsx').then((m) => ({ default: m.MeetingPage })));

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingInline: tokens.spacingHorizontalM,
  },
  links: { maxWidth: '60rem', marginInline: 'auto', width: '100%' },
  skip: {
    position: 'absolute',
    insetInlineStart: tokens.spacingHorizontalM,
    top: '-4rem',
    zIndex: 10,
    padding: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus': { top: tokens.spacingVerticalS },
  },
});

export function TeamsScreen() {
  const host = useHost();
  const start = useMemo(
    () => (host.subPageId === undefined ? ({ name: 'home' } as const) : pageOf(host.subPageId)),
    [host.subPageId],
  );
  return (
    <NavigationProvider start={start}>
      {host.surface === 'side-panel' ? <MeetingPage chatId={host.chatId} /> : <PersonalTab />}
    </NavigationProvider>
  );
}

const pages = [
  { page: { name: 'home' }, text: shellTexts.home },
  { page: { name: 'moments' }, text: shellTexts.moments },
  { page: { name: 'records' }, text: shellTexts.records },
  { page: { name: 'choices' }, text: shellTexts.choices },
] as const satisfies { page: Page; text: Text }[];

function PersonalTab() {
  const styles = useStyles();
  const t = useSay();
  const { page } = useNavigation();
  return (
    <>
      <button type="button" className={styles.skip} onClick={focusOnHeading}>
        {t(shellTexts.skipToContent)}
      </button>
      <nav className={styles.bar} aria-label={t(shellTexts.navigation)}>
        <div className={styles.links}>
          <PageNav links={pages.map((one) => ({ page: one.page, text: t(one.text) }))} here={placeOf(page)} />
        </div>
      </nav>
      <PageFloor key={floorOf(page)}>
        <Screen page={page} />
      </PageFloor>
    </>
  );
}

function focusOnHeading(): void {
  document.querySelector<HTMLElement>('#content h1')?.focus();
}

/** The parts of one review share their floor: their frame stays while the reader goes between them. */
function floorOf(page: Page): string {
  return page.name === 'review' ? addressOf({ name: 'review', id: page.id }) : addressOf(page);
}

/** Which of the pages above a page belongs under; a page that was reached by a link of its own, under none. */
function placeOf(page: Page): string {
  return page.name === 'record' ? 'records' : page.name;
}

function Screen({ page }: { page: Page }) {
  switch (page.name) {
    case 'home':
      return <HomePage />;
    case 'book':
      return <BookPage {...(page.sellerId === undefined ? {} : { sellerId: page.sellerId })} />;
    case 'book-team':
      return <BookTeamPage />;
    case 'review':
      return <ReviewPage reviewId={page.id} {...(page.part === undefined ? {} : { part: page.part })} />;
    case 'records':
      return <RecordsPage />;
    case 'record':
      return <RecordPage recordId={page.id} />;
    case 'goal':
      return <GoalPage goalId={page.id} />;
    case 'pair':
      return <PairPage pairId={page.id} />;
    case 'moments':
      return <MomentsPage {...(page.id === undefined ? {} : { pairId: page.id })} />;
    case 'growth':
      return <GrowthPage pairId={page.id} />;
    case 'choices':
      return <ChoicesPage />;
    case 'admin':
      return <AdminPage />;
  }
}
