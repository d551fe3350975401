import {
  FluentProvider,
  makeStyles,
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  tokens,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { useEffect } from 'react';
import { backend, useLoaded } from './backend.ts';
import { type ThemeName, usePlace, type View } from './location.ts';
import { PickPerson } from './shell/pick-person.tsx';
import { Waiting } from './shell/waiting.tsx';
import { WorkdayFrame } from './shell/workday-frame.tsx';
import { TextsContext, textsIn } from './texts.ts';

const useStyles = makeStyles({
  page: { height: '100vh', overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground4 },
});

/** Outlook is blue and Teams is purple here as well. */
function themeOf(name: ThemeName, view: View): Theme {
  if (name === 'contrast') return teamsHighContrastTheme;
  const outlook = view === 'calendar' || view === 'mail';
  if (name === 'dark') return outlook ? webDarkTheme : teamsDarkTheme;
  return outlook ? webLightTheme : teamsLightTheme;
}

export function Workplace() {
  const styles = useStyles();
  const place = usePlace();
  const organisation = useLoaded('organisation', backend.organisation);
  const texts = textsIn(place.lang);
  const me = organisation.value?.colleagues.find((colleague) => colleague.key === place.person);

  useEffect(() => {
    document.documentElement.lang = place.lang;
    document.body.style.margin = '0';
    const name = me?.name ?? 'Nordvik';
    document.title = `${name} – ${textsIn(place.lang)('sandbox')}`;
  }, [place.lang, me]);

  return (
    <FluentProvider theme={themeOf(place.theme, place.view)}>
      <TextsContext.Provider value={texts}>
        {/* Not on the provider itself, whose classes pop-ups get as well. */}
        <div className={styles.page}>
          {organisation.value === undefined ? (
            <Waiting error={organisation.error} />
          ) : me === undefined ? (
            <PickPerson organisation={organisation.value} />
          ) : (
            <WorkdayFrame key={me.id} organisation={organisation.value} me={me} />
          )}
        </div>
      </TextsContext.Provider>
    </FluentProvider>
  );
}
