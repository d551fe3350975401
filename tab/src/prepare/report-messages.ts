// What the page asks of the worker that holds a report, and what it is told. Only names of columns, a few rows to look
// at and counts pass between them.
import type { ReportRead } from '@medspill/domain/prepare/read-report';
import type { ReportColumns } from '@medspill/domain/prepare/report-columns';
import type { ReportChoice, ReportCount } from '@medspill/domain/prepare/report-figures';

export type OpenedReport = {
  sheets: string[];
  sheet: string;
  headers: string[];
  rows: number;
  preview: { line: number; cells: string[] }[];
};

export type Unread = Extract<ReportRead, { ok: false }>;

export type Asked =
  | { kind: 'open'; file: File; sheet?: string }
  | { kind: 'count'; columns: ReportColumns; choice: ReportChoice };

export type Told =
  | { kind: 'progress'; share: number }
  | { kind: 'opened'; report: OpenedReport }
  | { kind: 'unread'; why: Unread }
  | { kind: 'counted'; count: ReportCount };
