import { Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { reportTexts as texts } from '@medspill/domain/content/texts/report';
import { numberText, shortDate } from '@medspill/domain/format';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import {
  guessColumns,
  type RememberedColumns,
  type ReportColumns,
  type ReportRole,
  rememberColumns,
  reportRoles,
} from '@medspill/domain/prepare/report-columns';
import type { ReportChoice, ReportCount } from '@medspill/domain/prepare/report-figures';
import { useEffect, useMemo, useState } from 'react';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Disclosure } from './disclosure.tsx';
import { keptFields } from './kept-fields.ts';
import { ReportFigures } from './report-figures.tsx';
import type { OpenedReport } from './report-messages.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(14rem, 100%), 1fr))',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    alignItems: 'start',
  },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  help: { color: tokens.colorNeutralForeground2 },
  scroll: { overflowX: 'auto', minWidth: 0 },
  table: { borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  cell: {
    textAlign: 'start',
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

type Props = {
  review: ReviewView;
  report: OpenedReport;
  counted: ReportCount | undefined;
  left: number;
  onCount: (columns: ReportColumns, choice: ReportChoice) => void;
  onSheet: (sheet: string) => void;
  onAdd: (figures: { label: string; value: string }[]) => void;
};

/** What the columns mean and which rows count, with what the report says then. */
export function ReportColumnsForm({ review, report, counted, left, onCount, onSheet, onAdd }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const { headers, preview, sheets, sheet } = report;
  const remembered = useMemo(
    () => keptFields(`medspill/report-columns/${review[review.side].id}/`),
    [review],
  );
  const [columns, setColumns] = useState(() =>
    guessColumns(headers, (remembered.all().get('roles') as RememberedColumns | undefined) ?? {}),
  );
  const [choice, setChoice] = useState<ReportChoice>();
  // The seller's own deals, where the report knows their name.
  const whose = counted?.owners.find(({ name }) => name === review.seller.name)?.name;
  const effective = useMemo(() => choice ?? (whose === undefined ? {} : { owner: whose }), [choice, whose]);
  useEffect(() => onCount(columns, effective), [onCount, columns, effective]);

  const give = (role: ReportRole, column: number | undefined) => {
    const next = Object.fromEntries(
      reportRoles.flatMap((one): [ReportRole, number][] => {
        const known = one === role ? column : columns[one];
        // A column has one meaning: the last that it was given.
        return known === undefined || (one !== role && known === column) ? [] : [[one, known]];
      }),
    ) as ReportColumns;
    setColumns(next);
    if (role === 'owner' || role === 'date') setChoice(undefined);
    remembered.keep('roles', rememberColumns(headers, next));
  };
  const narrow = (change: Partial<Record<keyof ReportChoice, string | undefined>>) => {
    const merged = { ...effective, ...change };
    setChoice(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)));
  };
  const period = counted?.period;
  return (
    <>
      {sheets.length > 1 && (
        <Field label={t(texts.sheet)}>
          <Select value={sheet} onChange={(_, data) => onSheet(data.value)}>
            {sheets.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
      )}
      <h5 className={styles.heading}>{t(texts.columns)}</h5>
      <Text size={200} className={styles.help}>
        {t(texts.columnsHelp)}
      </Text>
      <div className={styles.fields}>
        {reportRoles.map((role) => {
          const column = columns[role];
          const value =
            column === undefined
              ? undefined
              : preview.map(({ cells }) => cells[column]).find((cell) => cell !== '');
          const hint =
            column === undefined
              ? ''
              : value === undefined
                ? t(texts.noExample)
                : t(texts.example, { value });
          return (
            <Field key={role} label={t(texts[`role_${role}`])} {...(hint === '' ? {} : { hint })}>
              <Select
                value={column === undefined ? '' : String(column)}
                onChange={(_, data) => give(role, data.value === '' ? undefined : Number(data.value))}
              >
                <option value="">{t(texts.noColumn)}</option>
                {headers.map((header, index) => (
                  <option key={header} value={String(index)}>
                    {header}
                  </option>
                ))}
              </Select>
            </Field>
          );
        })}
      </div>
      <Disclosure title={t(texts.preview)}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section className={styles.scroll} aria-label={t(texts.preview)} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={styles.cell}>
                  {t(texts.line)}
                </th>
                {headers.map((header) => (
                  <th key={header} scope="col" className={styles.cell}>
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.map(({ line, cells }) => (
                <tr key={line}>
                  <th scope="row" className={styles.cell}>
                    {line}
                  </th>
                  {cells.map((cell, index) => (
                    <td key={headers[index]} className={styles.cell}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Disclosure>
      {counted !== undefined && counted.sound > 0 && (
        <div className={styles.fields}>
          {counted.owners.length > 0 && (
            <Field
              label={t(texts.whose)}
              {...(whose === undefined && counted.owners.length > 1
                ? { hint: t(texts.notNamed, { name: review.seller.firstName }) }
                : {})}
            >
              <Select
                value={effective.owner ?? ''}
                onChange={(_, { value }) => narrow({ owner: value === '' ? undefined : value })}
              >
                <option value="">{t(texts.everyone)}</option>
                {counted.owners.map(({ name, count }) => (
                  <option key={name} value={name}>
                    {t(texts.ownerCount, { name, count: numberText(count, language) })}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {period !== undefined &&
            (['from', 'to'] as const).map((end) => (
              <Field
                key={end}
                label={t(texts[end])}
                {...(end === 'from'
                  ? {
                      hint: t(texts.period, {
                        from: shortDate(period.from, language),
                        to: shortDate(period.to, language),
                      }),
                    }
                  : {})}
              >
                <Input
                  type="date"
                  value={effective[end] ?? ''}
                  onChange={(_, { value }) => narrow({ [end]: value === '' ? undefined : value })}
                />
              </Field>
            ))}
        </div>
      )}
      {counted !== undefined && (
        <ReportFigures
          key={JSON.stringify(columns)}
          counted={counted}
          choice={effective}
          columns={columns}
          left={left}
          onAdd={onAdd}
        />
      )}
    </>
  );
}
