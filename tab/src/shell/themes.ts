import { type Theme, teamsLightTheme } from '@fluentui/react-components';
import type { ThemeName } from './host.ts';

/** The two that fewer people see are fetched when they are asked for. */
export async function themeNamed(name: ThemeName): Promise<Theme> {
  if (name === 'light') return teamsLightTheme;
  const { rarerThemes } = await import('./rarer-themes.ts');
  return rarerThemes[name];
}
