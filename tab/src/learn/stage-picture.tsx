import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { stages } from '@medspill/domain/content/sections/stages';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import { listText, monthName, shortDate } from '@medspill/domain/format';
import type { StageKey } from '@medspill/domain/prepare/stages';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { type Months, type Names, useViewName } from './views.ts';

const useStyles = makeStyles({
  picture: { width: '100%', height: 'auto' },
  grid: { stroke: tokens.colorNeutralStroke3, strokeWidth: 1 },
  text: { fill: tokens.colorNeutralForeground2, fontSize: '11px' },
  manager: { stroke: tokens.colorCompoundBrandStroke, fill: tokens.colorCompoundBrandStroke },
  seller: { stroke: tokens.colorPaletteTealBorderActive, fill: tokens.colorNeutralBackground1 },
  line: { fill: 'none', strokeWidth: 2.5, strokeLinecap: 'round', strokeLinejoin: 'round' },
  dashed: { strokeDasharray: '5 5' },
});

const width = 280;
const height = 138;
const box = { left: 16, right: 12, top: 12, bottom: 40 };

type Point = { x: number; y: number };

/** Two lines over the months: whole with discs for the manager, dashed with squares for the seller. */
export function StagePicture({ stage, months, names }: { stage: StageKey; months: Months; names: Names }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const viewName = useViewName();
  const step = months.length > 1 ? (width - box.left - box.right) / (months.length - 1) : 0;
  const x = (index: number) => (months.length > 1 ? box.left + index * step : width / 2);
  const y = (value: number) => box.top + ((5 - value) / 4) * (height - box.top - box.bottom);
  const viewsOf = (side: 'manager' | 'seller') =>
    months.map(({ stages: views }) => views.find((one) => one.stage === stage)?.[side]);
  const pointsOf = (side: 'manager' | 'seller') =>
    viewsOf(side).flatMap((view, index): Point[] =>
      typeof view === 'number' ? [{ x: x(index), y: y(view) }] : [],
    );
  // Equal views would lie on each other: the seller's line stands three units lower.
  const manager = pointsOf('manager');
  const seller = pointsOf('seller').map((point) => ({ ...point, y: point.y + 3 }));
  const first = months[0]?.month ?? '';
  const last = months.at(-1)?.month ?? '';
  const title = stages.find((one) => one.key === stage)?.title;
  const words = (side: 'manager' | 'seller') => listText(viewsOf(side).map(viewName), language);
  const shortMonth = (month: string) => shortDate(`${month}-01`, language).replace(/^0?1[. ]/, '');
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t(texts.pictureOf, {
        stage: title === undefined ? stage : t(title),
        from: monthName(first, language),
        to: monthName(last, language),
        manager: names.manager,
        managerValues: words('manager'),
        seller: names.seller,
        sellerValues: words('seller'),
      })}
    >
      {[1, 2, 3, 4, 5].map((value) => (
        <g key={value}>
          <line className={styles.grid} x1={box.left} x2={width - box.right} y1={y(value)} y2={y(value)} />
          <text className={styles.text} x={0} y={y(value) + 4}>
            {value}
          </text>
        </g>
      ))}
      <path className={mergeClasses(styles.manager, styles.line)} d={pathOf(manager)} />
      <path className={mergeClasses(styles.seller, styles.line, styles.dashed)} d={pathOf(seller)} />
      {manager.map((point) => (
        <circle key={point.x} className={styles.manager} cx={point.x} cy={point.y} r={4.5} />
      ))}
      {seller.map((point) => (
        <rect
          key={point.x}
          className={styles.seller}
          x={point.x - 4}
          y={point.y - 4}
          width={8}
          height={8}
          strokeWidth={2}
        />
      ))}
      <text
        className={styles.text}
        x={x(0)}
        y={height - 24}
        textAnchor={months.length > 1 ? 'start' : 'middle'}
      >
        {shortMonth(first)}
      </text>
      {last !== first && (
        <text className={styles.text} x={width - box.right} y={height - 24} textAnchor="end">
          {shortMonth(last)}
        </text>
      )}
      <circle className={styles.manager} cx={box.left + 5} cy={height - 9} r={4.5} />
      <text className={styles.text} x={box.left + 14} y={height - 5}>
        {names.manager}
      </text>
      <rect className={styles.seller} x={width / 2} y={height - 13} width={8} height={8} strokeWidth={2} />
      <text className={styles.text} x={width / 2 + 14} y={height - 5}>
        {names.seller}
      </text>
    </svg>
  );
}

/** A line through the points; a month without a rating leaves no gap in it and no point on it. */
function pathOf(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}
