import {
  Avatar,
  Badge,
  Caption1,
  LargeTitle,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Colleague, Organisation } from '../../../model.ts';
import { addressWith } from '../location.ts';
import { type Texts, useTexts } from '../texts.ts';
import { LookMenu } from './look-menu.tsx';

const useStyles = makeStyles({
  page: { height: '100%', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground3 },
  top: { display: 'flex', justifyContent: 'flex-end', padding: tokens.spacingHorizontalM },
  inner: {
    maxWidth: '1080px',
    margin: '0 auto',
    padding: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXXL}`,
  },
  lead: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalXXL,
  },
  brand: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  team: { marginTop: tokens.spacingVerticalXL },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalM,
  },
  title: { margin: 0 },
  person: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    boxShadow: tokens.shadow4,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      color: tokens.colorNeutralForeground1Hover,
      boxShadow: tokens.shadow8,
    },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
});

type Team = { title: string; people: Colleague[] };

function teamsOf(organisation: Organisation, t: Texts): Team[] {
  const { colleagues } = organisation;
  const reports = (of: Colleague) => colleagues.filter((one) => one.managerId === of.id);
  const managers = colleagues.filter((one) => one.managerId !== undefined && reports(one).length > 0);
  const teams = managers.map((manager) => ({
    title: t('team', { name: manager.givenName }),
    people: [manager, ...reports(manager)],
  }));
  const placed = new Set(teams.flatMap((team) => team.people.map((one) => one.id)));
  const rest = colleagues.filter((one) => !placed.has(one.id));
  return [...teams, { title: t('others'), people: rest }];
}

export function PickPerson({ organisation }: { organisation: Organisation }) {
  const styles = useStyles();
  const t = useTexts();
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <LookMenu />
      </header>
      <main className={styles.inner}>
        <div className={styles.lead}>
          <div className={styles.brand}>
            <Subtitle2>{organisation.name}</Subtitle2>
            <Badge appearance="tint" shape="rounded">
              {t('sandbox')}
            </Badge>
          </div>
          <LargeTitle as="h1" className={styles.title}>
            {t('pickTitle')}
          </LargeTitle>
          <Text size={400}>{t('pickText')}</Text>
        </div>
        {teamsOf(organisation, t).map((team) => (
          <section key={team.title} className={styles.team} aria-label={team.title}>
            <Subtitle2 as="h2" className={styles.title}>
              {team.title}
            </Subtitle2>
            <div className={styles.grid}>
              {team.people.map((colleague) => (
                <PersonCard
                  key={colleague.id}
                  colleague={colleague}
                  isManager={organisation.colleagues.some((one) => one.managerId === colleague.id)}
                />
              ))}
            </div>
          </section>
        ))}
      </main>
    </div>
  );
}

function PersonCard({ colleague, isManager }: { colleague: Colleague; isManager: boolean }) {
  const styles = useStyles();
  const t = useTexts();
  return (
    // A link, so that it also opens in a window of its own.
    <a className={styles.person} href={addressWith({ person: colleague.key, lang: colleague.language })}>
      <Avatar name={colleague.name} color="colorful" size={40} aria-hidden />
      <span className={styles.words}>
        <Text weight="semibold">{colleague.name}</Text>
        <Caption1>
          {colleague.jobTitle}
          {colleague.isGuest ? ` · ${t('guest')}` : ''}
        </Caption1>
      </span>
      {isManager && <Badge appearance="tint">{t('manager')}</Badge>}
    </a>
  );
}
