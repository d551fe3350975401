import { Button, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { evidenceTexts as texts } from '@medspill/domain/content/texts/evidence';
import { longDate, wallClock } from '@medspill/domain/format';
import type { Evidence, ReviewView } from '@medspill/domain/prepare/contract';
import { figureLimit, figuresLeft, itemsUnder, type Tray } from '@medspill/domain/prepare/evidence';
import { otherSide } from '@medspill/domain/sides';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { newId } from '../client/new-id.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Busy } from '../ui/busy.tsx';
import { Empty } from '../ui/empty.tsx';
import { Section } from '../ui/section.tsx';
import { EvidenceItem } from './evidence-item.tsx';
import { type Draft, type DraftView, evidenceField } from './preparation-draft.ts';
import { useEvidenceSources } from './use-evidence-sources.ts';

/** Fetched by whoever has a report. */
const ReportImport = lazy(() => import('./report-import.tsx').then((m) => ({ default: m.ReportImport })));

const useStyles = makeStyles({
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  halves: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  choices: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  pick: { justifyContent: 'flex-start', textAlign: 'start', width: '100%' },
});

type Props = { review: ReviewView; draft: Draft; view: DraftView; readOnly: boolean };
type Under = Evidence['under'];

/** What one builds on, under strengths and areas to improve (capabilities 23 and 25). */
export function EvidenceTray({ review, draft, view, readOnly }: Props) {
  const styles = useStyles();
  const t = useSay();
  const [picking, setPicking] = useState<'moment' | 'record'>();
  const fresh = useRef<string>(undefined);
  const list = useRef<HTMLDivElement>(null);
  // What has just been added is what one wants to write in.
  useEffect(() => {
    if (fresh.current === undefined || view.evidence[fresh.current] === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-item="${fresh.current}"] :is(input, textarea)`)?.focus();
    fresh.current = undefined;
  }, [view.evidence]);
  const add = (item: Evidence) => {
    const id = newId();
    fresh.current = id;
    draft.place(id, item);
  };
  const all = Object.values(view.evidence);
  const sources = useEvidenceSources(review, {
    moments: picking === 'moment' || all.some(({ kind }) => kind === 'moment'),
    records: picking === 'record' || all.some(({ kind }) => kind === 'record'),
  });
  const other = review[otherSide(review.side)];
  const left = figuresLeft(view.evidence);
  return (
    <Section
      title={t(texts.title)}
      look="card"
      aside={<Text size={200}>{t(texts.figureCount, { count: figureLimit - left, of: figureLimit })}</Text>}
    >
      <Text as="p" block className={styles.help}>
        {t(texts.help, { name: other.firstName })}
      </Text>
      {left < 0 && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{t(texts.tooManyFigures, { count: figureLimit - left })}</MessageBarBody>
        </MessageBar>
      )}
      <div ref={list} className={styles.halves}>
        {(['strength', 'improvement'] as const).map((under) => {
          const items = itemsUnder(view.evidence, under);
          return (
            <div key={under} className={styles.part}>
              <h3 className={styles.heading}>{t(texts[under])}</h3>
              {items.length === 0 && (
                <Empty text={t(under === 'strength' ? texts.noStrength : texts.noImprovement)} />
              )}
              <ul className={styles.list}>
                {items.map(([id, item]) => (
                  <li key={id} data-item={id}>
                    <EvidenceItem
                      item={item}
                      review={review}
                      sources={sources}
                      readOnly={readOnly}
                      other={(view.conflicts.get(evidenceField(id)) as Evidence | undefined) ?? undefined}
                      onChange={(next) => draft.place(id, next)}
                      onSettle={(which) => draft.settle(evidenceField(id), which)}
                    />
                  </li>
                ))}
              </ul>
              {!readOnly && (
                <AddEvidence
                  under={under}
                  review={review}
                  tray={view.evidence}
                  sources={sources}
                  onPicking={setPicking}
                  onAdd={add}
                  onFigures={(figures) => {
                    for (const figure of figures)
                      draft.place(newId(), { kind: 'figure', ...figure, under, ready: false });
                  }}
                />
              )}
            </div>
          );
        })}
      </div>
    </Section>
  );
}

type AddProps = {
  under: Under;
  review: ReviewView;
  tray: Tray;
  sources: ReturnType<typeof useEvidenceSources>;
  onPicking: (kind: 'moment' | 'record') => void;
  onAdd: (item: Evidence) => void;
  onFigures: (figures: { label: string; value: string }[]) => void;
};

/** The kinds of evidence to add under a heading, and what there is to pick from. */
function AddEvidence({ under, review, tray, sources, onPicking, onAdd, onFigures }: AddProps) {
  const styles = useStyles();
  const t = useSay();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Evidence['kind'] | 'report'>();
  const holder = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();
  const placed = { under, ready: false } as const;
  const full = figuresLeft(tray) <= 0;
  const choose = (next: Evidence['kind'] | 'report') => {
    setKind(next);
    if (next === 'report') return;
    if (next === 'moment' || next === 'record') return onPicking(next);
    if (next === 'figure' && full) return;
    if (next === 'figure') onAdd({ kind: next, label: '', value: '', ...placed });
    if (next === 'quote') onAdd({ kind: next, text: '', customer: '', ...placed });
    if (next === 'link') onAdd({ kind: next, title: '', url: '', ...placed });
    setOpen(false);
  };
  const close = () => {
    setKind(undefined);
    setOpen(false);
    holder.current?.querySelector('button')?.focus();
  };
  const take = (item: Evidence) => {
    onAdd(item);
    close();
  };
  return (
    <>
      <div ref={holder}>
        <Button
          appearance="subtle"
          icon={<Add20Regular />}
          aria-expanded={open}
          aria-controls={id}
          aria-label={t(texts.addUnder, { heading: t(texts[under]).toLowerCase() })}
          onClick={() => {
            setOpen(!open);
            setKind(undefined);
          }}
        >
          {t(texts.add)}
        </Button>
      </div>
      <div id={id} hidden={!open} className={open ? styles.part : undefined}>
        {open && (
          <>
            <div className={styles.choices}>
              <Button onClick={() => choose('figure')}>{t(texts.addFigure)}</Button>
              <Button onClick={() => choose('report')}>{t(texts.addReport)}</Button>
              <Button onClick={() => choose('quote')}>{t(texts.addQuote)}</Button>
              <Button onClick={() => choose('moment')}>{t(texts.addMoment)}</Button>
              <Button onClick={() => choose('record')}>{t(texts.addRecord)}</Button>
              <Button onClick={() => choose('link')}>{t(texts.addLink)}</Button>
            </div>
            {kind === 'figure' && full && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{t(texts.figuresFull)}</MessageBarBody>
              </MessageBar>
            )}
            {kind === 'report' && (
              <Suspense fallback={<Busy />}>
                <ReportImport
                  review={review}
                  left={figuresLeft(tray)}
                  onAdd={(figures) => {
                    onFigures(figures);
                    announce(t(texts.figuresAdded, { count: figures.length }));
                    close();
                  }}
                  onClose={close}
                />
              </Suspense>
            )}
            {kind === 'moment' && (
              <PickMoment
                review={review}
                tray={tray}
                sources={sources}
                onPick={(momentId) => take({ kind: 'moment', momentId, ...placed })}
              />
            )}
            {kind === 'record' && (
              <PickRecord
                tray={tray}
                sources={sources}
                onPick={(recordId) => take({ kind: 'record', recordId, ...placed })}
              />
            )}
          </>
        )}
      </div>
    </>
  );
}

type Picked<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>;

function PickMoment({
  review,
  tray,
  sources,
  onPick,
}: Pick<AddProps, 'review' | 'tray' | 'sources'> & {
  onPick: (id: Picked<'moment'>['momentId']) => void;
}) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const chosen = Object.values(tray).map((item) => (item.kind === 'moment' ? item.momentId : undefined));
  const offered = sources.moments?.filter(
    ({ id, at }) => (sources.since === undefined || at > sources.since) && !chosen.includes(id),
  );
  if (offered === undefined) return null;
  if (offered.length === 0) return <Empty text={t(texts.noMoments)} />;
  return (
    <ul className={styles.list} aria-label={t(texts.chooseMoment)}>
      {offered.map(({ id, at, behaviour }) => (
        <li key={id}>
          <Button className={styles.pick} onClick={() => onPick(id)}>
            {longDate(wallClock(at, review[review.side].zone).date, language)}: {behaviour.slice(0, 120)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function PickRecord({
  tray,
  sources,
  onPick,
}: Pick<AddProps, 'tray' | 'sources'> & { onPick: (id: Picked<'record'>['recordId']) => void }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  if (sources.records === undefined) return null;
  const [last] = sources.records;
  const chosen = Object.values(tray).some((item) => item.kind === 'record' && item.recordId === last?.id);
  if (last === undefined || chosen) return <Empty text={t(chosen ? texts.recordChosen : texts.noRecord)} />;
  return (
    <Button className={styles.pick} onClick={() => onPick(last.id)}>
      {t(texts.recordOf, { date: longDate(last.heldOn, language) })}
    </Button>
  );
}
