// From an empty page to the first screen: configuration, host, token, then React.

import { say } from '@medspill/domain/content/text';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { languageOf } from '@medspill/domain/language';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { signInWith } from '../client/call.ts';
import { App } from './app.tsx';
import './base.css';
import { type Deployment, readDeployment } from './deployment.ts';
import { endFirstScreen, waitingWords } from './first-words.ts';
import type { Host } from './host.ts';
import { themeNamed } from './themes.ts';

export async function start(
  startHost: (deployment: Deployment) => Promise<Host>,
  screen: (host: Host, deployment: Deployment) => ReactNode,
): Promise<void> {
  try {
    const deployment = await readDeployment();
    const host = await startHost(deployment);
    const theme = await themeNamed(host.theme);
    signInWith(host.signIn);
    const root = document.getElementById('root');
    if (root !== null) {
      createRoot(root).render(
        <App host={host} theme={theme}>
          {screen(host, deployment)}
        </App>,
      );
    }
  } catch (cause) {
    showPlainly(window.parent === window);
    throw new Error('Medspill could not start', { cause });
  }
}

/** Without a host there is no theme and no language but the browser's: plain words, and one way on. */
function showPlainly(outside: boolean): void {
  const language = languageOf(navigator.language);
  document.documentElement.lang = language;
  const main = document.createElement('main');
  main.style.cssText =
    'font: 16px/1.5 "Segoe UI", sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem';
  const heading = document.createElement('h1');
  heading.style.cssText = 'font-size: 1.5rem';
  const text = document.createElement('p');
  heading.textContent = say(outside ? shellTexts.openInTeamsTitle : shellTexts.startFailedTitle, language);
  text.textContent = say(outside ? shellTexts.openInTeams : shellTexts.startFailed, language);
  main.append(heading, text);
  if (!outside) {
    const reload = document.createElement('button');
    reload.textContent = say(shellTexts.reload, language);
    reload.style.cssText = 'font: inherit; padding: 0.5rem 1rem';
    reload.onclick = () => location.reload();
    main.append(reload);
  }
  endFirstScreen();
  if (waitingWords() !== '') {
    const words = document.createElement('blockquote');
    words.style.cssText = 'white-space: pre-wrap; overflow-wrap: anywhere';
    words.textContent = waitingWords();
    const about = document.createElement('p');
    about.textContent = say(shellTexts.waitingWords, language);
    main.append(about, words);
  }
  document.getElementById('root')?.replaceChildren(main);
}
