import { Button } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { adminTexts } from '@medspill/domain/content/texts/trust';
import type { RouteAnswer } from '@medspill/domain/contract';
import type { ReactNode } from 'react';
import { nowMs } from '../client/clock.ts';
import { useAnswer } from '../client/use-answer.ts';
import { TeamPulse } from '../learn/team-pulse.tsx';
import { useSay } from '../shell/host-context.tsx';
import { useNavigation } from '../shell/navigation.tsx';
import { Busy } from '../ui/busy.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Section } from '../ui/section.tsx';
import { attentionOf } from './attention.ts';
import { AttentionList } from './attention-list.tsx';
import { OwnHome } from './own-home.tsx';
import { TeamList } from './team-list.tsx';

type Home = RouteAnswer<'home'>;

export function HomePage() {
  const t = useSay();
  const home = useAnswer('home', {}, 'remember');
  if (home.value === undefined) {
    if (home.problem === undefined) return <Busy />;
    return (
      <Page title={t(shellTexts.appName)}>
        <ProblemNotice problem={home.problem} onRetry={home.reload} />
      </Page>
    );
  }
  const notice = <ProblemNotice problem={home.problem} onRetry={home.reload} />;
  const props = { home: home.value, put: home.put, reload: home.reload };
  return home.value.team.length > 0 ? (
    <ManagerHome {...props}>{notice}</ManagerHome>
  ) : (
    <SellerHome {...props}>{notice}</SellerHome>
  );
}

type Props = { home: Home; put: (home: Home) => void; reload: () => void; children: ReactNode };

function SellerHome({ home, put, reload, children }: Props) {
  const t = useSay();
  const { asSeller } = home;
  return (
    <Page title={t(followUpTexts.sellerTitle, { name: home.me.firstName })}>
      {children}
      {asSeller === undefined ? (
        <FirstRun />
      ) : (
        <>
          <OwnHome own={asSeller} onChanged={(own) => put({ ...home, asSeller: own })} reload={reload} />
          <LeadsToo />
        </>
      )}
      {home.isAdmin && <AdminLink />}
    </Page>
  );
}

/** Nobody has booked anything: only the directory knows whether this is a manager. */
function FirstRun() {
  const t = useSay();
  const sellers = useAnswer('listSellers', {});
  if (sellers.loading) return <Busy />;
  if (sellers.value !== undefined && sellers.value.sellers.length > 0) {
    return <Empty text={t(followUpTexts.firstRun)} action={<BookButton />} />;
  }
  return (
    <>
      <Empty text={t(followUpTexts.noPair)} />
      <LeadsToo />
    </>
  );
}

function LeadsToo() {
  const t = useSay();
  return (
    <p>
      {t(followUpTexts.leadsToo)} <PageLink to={{ name: 'book' }}>{t(bookTexts.book)}</PageLink>
    </p>
  );
}

function AdminLink() {
  const t = useSay();
  return (
    <p>
      <PageLink to={{ name: 'admin' }}>{t(adminTexts.title)}</PageLink>
    </p>
  );
}

function BookButton() {
  const t = useSay();
  const { go } = useNavigation();
  return (
    <Button appearance="primary" onClick={() => go({ name: 'book' })}>
      {t(bookTexts.book)}
    </Button>
  );
}

function ManagerHome({ home, put, reload, children }: Props) {
  const t = useSay();
  const { team, asSeller } = home;
  const attention = attentionOf(team, nowMs());
  const booked = team.filter((line) => line.pair.series?.state === 'booked').length;
  // The directory answers later than our own database, and may not answer at all: the overview does not wait for it.
  const sellers = useAnswer('listSellers', {});
  const others = (sellers.value?.sellers ?? []).filter(
    ({ person, pair }) => pair === undefined && !team.some((line) => line.pair.seller.id === person.id),
  );
  return (
    <Page
      title={t(followUpTexts.teamTitle)}
      lead={t(followUpTexts.teamLead, { booked, count: team.length + others.length })}
      actions={<BookButton />}
    >
      {children}
      <Section title={t(followUpTexts.first)} look="card">
        {attention.length === 0 ? (
          <Empty text={t(followUpTexts.firstNothing)} />
        ) : (
          <AttentionList items={attention} />
        )}
      </Section>
      <Section title={t(followUpTexts.team)}>
        <TeamList team={team} />
        {others.length > 0 && (
          <p>
            {t(followUpTexts.withoutReview, { names: others.map(({ person }) => person.name).join(', ') })}
          </p>
        )}
      </Section>
      <TeamPulse size={team.length} />
      {asSeller !== undefined && (
        <OwnHome own={asSeller} onChanged={(own) => put({ ...home, asSeller: own })} reload={reload} />
      )}
      {home.isAdmin && <AdminLink />}
    </Page>
  );
}
