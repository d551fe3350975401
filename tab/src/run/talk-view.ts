// For a talk in the same room, with the form on a screen between them: nothing but the item, as large as it can be.
import { useEffect, useState } from 'react';

export type TalkView = { on: boolean; toggle: () => void };

/** Where the host lets no page fill the screen, the form fills the host's window. */
export function useTalkView(): TalkView {
  const [on, setOn] = useState(false);
  useEffect(() => {
    if (!on) return;
    const page = document.documentElement;
    page.dataset.view = 'talk';
    let filled = false;
    const follow = () => {
      if (document.fullscreenElement !== null) filled = true;
      else if (filled) setOn(false);
    };
    const leave = (event: KeyboardEvent) => {
      // A dialog or a list that is open takes the key first.
      if (event.key === 'Escape' && !event.defaultPrevented && document.fullscreenElement === null)
        setOn(false);
    };
    document.addEventListener('fullscreenchange', follow);
    document.addEventListener('keydown', leave);
    if (document.fullscreenEnabled) page.requestFullscreen().catch(() => undefined);
    return () => {
      document.removeEventListener('fullscreenchange', follow);
      document.removeEventListener('keydown', leave);
      delete page.dataset.view;
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    };
  }, [on]);
  return { on, toggle: () => setOn(!on) };
}
