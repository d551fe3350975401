import { type Theme, teamsDarkTheme, teamsHighContrastTheme } from '@fluentui/react-components';

export const rarerThemes: Record<'dark' | 'contrast', Theme> = {
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
};
