import { CounterBadge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  AlertFilled,
  AlertRegular,
  CalendarFilled,
  CalendarRegular,
  type FluentIcon,
  MailFilled,
  MailRegular,
  PeopleTeamFilled,
  PeopleTeamRegular,
} from '@fluentui/react-icons';
import { go, usePlace, type View } from '../location.ts';
import { type TextKey, useTexts } from '../texts.ts';

const useStyles = makeStyles({
  rail: {
    width: '68px',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    paddingTop: tokens.spacingVerticalXS,
  },
  item: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '2px',
    height: '58px',
    border: 'none',
    background: 'none',
    cursor: 'pointer',
    font: 'inherit',
    fontSize: '11px',
    color: tokens.colorNeutralForeground2,
    ':hover': { color: tokens.colorCompoundBrandForeground1Hover },
    ':focus-visible': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-4px',
      borderRadius: tokens.borderRadiusMedium,
    },
  },
  active: {
    color: tokens.colorCompoundBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '::before': {
      content: '""',
      position: 'absolute',
      left: '4px',
      top: '16px',
      height: '26px',
      width: '3px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorCompoundBrandForeground1,
    },
  },
  count: { position: 'absolute', top: '6px', right: '12px' },
  gap: { height: '1px', margin: '6px 16px', backgroundColor: tokens.colorNeutralStroke2 },
});

const places: { view: View; label: TextKey; icon: FluentIcon; activeIcon: FluentIcon }[] = [
  { view: 'calendar', label: 'calendar', icon: CalendarRegular, activeIcon: CalendarFilled },
  { view: 'mail', label: 'mail', icon: MailRegular, activeIcon: MailFilled },
  { view: 'activity', label: 'activity', icon: AlertRegular, activeIcon: AlertFilled },
  { view: 'teams', label: 'teams', icon: PeopleTeamRegular, activeIcon: PeopleTeamFilled },
];

export function Rail({ notices }: { notices: number }) {
  const styles = useStyles();
  const t = useTexts();
  const { view } = usePlace();
  return (
    <nav className={styles.rail} aria-label={t('navigation')}>
      {places.map((place) => {
        const active = place.view === view || (place.view === 'teams' && view === 'meeting');
        const Icon = active ? place.activeIcon : place.icon;
        return (
          <div key={place.view} style={{ display: 'contents' }}>
            {place.view === 'activity' && <div className={styles.gap} />}
            <button
              type="button"
              className={mergeClasses(styles.item, active && styles.active)}
              aria-current={active ? 'page' : undefined}
              onClick={() => go({ view: place.view, item: '', chat: '', sub: '' })}
            >
              <Icon fontSize={24} />
              {t(place.label)}
              {place.view === 'activity' && notices > 0 && (
                <CounterBadge className={styles.count} count={notices} size="small" color="danger" />
              )}
            </button>
          </div>
        );
      })}
    </nav>
  );
}
