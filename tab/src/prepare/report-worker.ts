// Reads and counts a sales report beside the page, so that the page never stands still. The report lives in here alone.
import { readReport } from '@medspill/domain/prepare/read-report';
import { countReport } from '@medspill/domain/prepare/report-figures';
import type { Cell, ReportTable } from '@medspill/domain/prepare/report-table';
import type { Asked, Told } from './report-messages.ts';

let table: ReportTable | undefined;

const previewRows = 5;

function tell(told: Told): void {
  self.postMessage(told);
}

function shown(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return 'date' in cell ? cell.date : '#';
  return String(cell).slice(0, 60);
}

async function open(file: File, sheet: string | undefined): Promise<void> {
  table = undefined;
  let last = 0;
  const read = readReport(new Uint8Array(await file.arrayBuffer()), {
    ...(sheet === undefined ? {} : { sheet }),
    onProgress(share) {
      if (share - last < 0.02 && share < 1) return;
      last = share;
      tell({ kind: 'progress', share });
    },
  });
  if (!read.ok) return tell({ kind: 'unread', why: read });
  table = read.table;
  const { sheets, headers, rows } = table;
  tell({
    kind: 'opened',
    report: {
      sheets,
      sheet: table.sheet,
      headers,
      rows: rows.length,
      preview: rows.slice(0, previewRows).map(({ line, cells }) => ({
        line,
        cells: headers.map((_, column) => shown(cells[column] ?? null)),
      })),
    },
  });
}

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  if (data.kind === 'open') void open(data.file, data.sheet);
  else if (table !== undefined)
    tell({ kind: 'counted', count: countReport(table, data.columns, data.choice) });
};
