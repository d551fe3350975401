import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useWorkday } from '../workday.ts';

const useStyles = makeStyles({
  paper: {
    width: '100%',
    border: 'none',
    backgroundColor: 'white',
    colorScheme: 'light',
    borderRadius: tokens.borderRadiusMedium,
    flexShrink: 0,
  },
});

/** The body brings its own html element; its attributes join this one, which has a language. */
const opening =
  '<!doctype html><html lang="nb"><title>.</title><style>body{font:14px/1.5 "Segoe UI",system-ui,sans-serif;color:#242424;margin:16px 32px;overflow-wrap:anywhere}</style>';

/** A body as it came, in a frame where nothing of it can run: links go through the page. */
export function HtmlBody({ html, title }: { html: string; title: string }) {
  const styles = useStyles();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(320);
  const { follow } = useWorkday();
  const latest = useRef(follow);
  latest.current = follow;

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    function loaded(): void {
      const body = element?.contentDocument;
      if (body === null || body === undefined) return;
      setHeight(body.documentElement.scrollHeight + 8);
      body.addEventListener('click', (event) => {
        const target = event.target;
        const link = target !== null && 'closest' in target ? (target as Element).closest('a') : null;
        if (link === null) return;
        event.preventDefault();
        latest.current(link.href);
      });
    }
    element.addEventListener('load', loaded);
    return () => element.removeEventListener('load', loaded);
  }, []);

  return (
    <iframe
      ref={frame}
      className={styles.paper}
      style={{ height }}
      title={title}
      // Same origin, so that the page sees clicks; without allow-scripts nothing in it runs.
      sandbox="allow-same-origin"
      srcDoc={`${opening}${html}`}
    />
  );
}
