import type { Language } from '@medspill/domain/people';
import type { SignIn } from '../client/sign-in.ts';

export type ThemeName = 'light' | 'dark' | 'contrast';

/** Where these pages stand: in a tab, beside a meeting, or beside an appointment. */
export type Surface = 'tab' | 'side-panel' | 'task-pane';

export type Host = {
  surface: Surface;
  language: Language;
  theme: ThemeName;
  signIn: SignIn;
  /** The chat of the meeting that is open, where there is one. */
  chatId?: string;
  /** Where a deep link points, `review/<id>`. */
  subPageId?: string;
  onThemeChange: (listener: (theme: ThemeName) => void) => void;
  openLink: (url: string) => void;
  /** Tells the host that the first page stands, so that it takes its own spinner away. */
  ready: () => void;
};
