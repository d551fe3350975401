import type { ReportColumns } from '@medspill/domain/prepare/report-columns';
import type { ReportChoice, ReportCount } from '@medspill/domain/prepare/report-figures';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Asked, OpenedReport, Told, Unread } from './report-messages.ts';

export type ReportState =
  | { at: 'none' }
  | { at: 'reading'; share: number }
  | { at: 'unread'; why: Unread | 'not_started' }
  | { at: 'opened'; report: OpenedReport; count: ReportCount | undefined };

export type OpenReport = {
  state: ReportState;
  open: (file: File, sheet?: string) => void;
  /** Counts anew; what was counted before stays until the answer is there. */
  count: (columns: ReportColumns, choice: ReportChoice) => void;
};

/** One worker for one report; both are gone when the person leaves. */
export function useReport(): OpenReport {
  const worker = useRef<Worker>(undefined);
  const [state, setState] = useState<ReportState>({ at: 'none' });

  const stop = useCallback(() => {
    worker.current?.terminate();
    worker.current = undefined;
  }, []);
  useEffect(() => stop, [stop]);

  const ask = useCallback((asked: Asked) => worker.current?.postMessage(asked), []);

  const open = useCallback(
    (file: File, sheet?: string) => {
      stop();
      setState({ at: 'reading', share: 0 });
      const next = new Worker(new URL('./report-worker.ts', import.meta.url), { type: 'module' });
      worker.current = next;
      next.onerror = () => setState({ at: 'unread', why: 'not_started' });
      next.onmessage = ({ data }: MessageEvent<Told>) => {
        if (worker.current !== next) return;
        if (data.kind === 'progress') setState({ at: 'reading', share: data.share });
        else if (data.kind === 'unread') setState({ at: 'unread', why: data.why });
        else if (data.kind === 'opened') setState({ at: 'opened', report: data.report, count: undefined });
        else setState((now) => (now.at === 'opened' ? { ...now, count: data.count } : now));
      };
      ask({ kind: 'open', file, ...(sheet === undefined ? {} : { sheet }) });
    },
    [ask, stop],
  );
  const count = useCallback(
    (columns: ReportColumns, choice: ReportChoice) => ask({ kind: 'count', columns, choice }),
    [ask],
  );
  return { state, open, count };
}
