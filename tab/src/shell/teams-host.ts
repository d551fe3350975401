// Teams, and the same tab in Outlook and Microsoft 365.
import { languageOf } from '@medspill/domain/language';
import { app, FrameContexts } from '@microsoft/teams-js';
import { createTeamsSignIn } from '../client/teams-sign-in.ts';
import type { Deployment } from './deployment.ts';
import type { Host, ThemeName } from './host.ts';

export async function startInTeams(deployment: Deployment): Promise<Host> {
  // Origins come from our own configuration, never from the address (facts: a stranger would frame us).
  await app.initialize(deployment.validOrigins);
  const context = await app.getContext();
  const { chat, page } = context;
  return {
    surface: page.frameContext === FrameContexts.sidePanel ? 'side-panel' : 'tab',
    language: languageOf(context.app.locale),
    theme: themeOf(context.app.theme),
    signIn: createTeamsSignIn(deployment),
    ...(chat?.id === undefined ? {} : { chatId: chat.id }),
    ...(page.subPageId ? { subPageId: page.subPageId } : {}),
    onThemeChange: (listener) => app.registerOnThemeChangeHandler((theme) => listener(themeOf(theme))),
    openLink: (url) => void app.openLink(url),
    ready: () => app.notifySuccess(),
  };
}

function themeOf(name: string): ThemeName {
  if (name === 'contrast') return 'contrast';
  return name === 'dark' || name === 'glass' ? 'dark' : 'light';
}
