import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { prep } from '@medspill/domain/content/sections/prep';
import { scale, stages } from '@medspill/domain/content/sections/stages';
import { evidenceTexts } from '@medspill/domain/content/texts/evidence';
import { prepareTexts as texts } from '@medspill/domain/content/texts/prepare';
import { shortDateTime } from '@medspill/domain/format';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { bothViews } from '@medspill/domain/prepare/reveal';
import { otherSide } from '@medspill/domain/sides';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { message } from './message.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  answers: { margin: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  question: { color: tokens.colorNeutralForeground2 },
  words: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  views: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  view: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  help: { color: tokens.colorNeutralForeground2 },
  one: { display: 'flex', flexDirection: 'column' },
  example: {
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** What the other has marked ready, opened to both at once. */
export function OpenedAnswers({ review }: { review: ReviewView }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const { others, revealedAt } = review;
  if (others === undefined || revealedAt === undefined) return null;
  const other = review[otherSide(review.side)];
  const questions =
    review.side === 'manager'
      ? [...prep.seller_practical, ...prep.seller_mental]
      : [...prep.manager_practical, ...prep.manager_mental];
  const answered = questions.filter(({ key }) => (others.answers[key]?.text.trim() ?? '') !== '');
  const when = shortDateTime(revealedAt, review[review.side].zone, language);
  return (
    <>
      <Text as="p" block className={styles.help}>
        {t(texts.openHelp, { when })}
      </Text>
      <div className={styles.part}>
        <h3 className={styles.heading}>{t(texts.answersOf, { name: other.firstName })}</h3>
        {answered.length === 0 && <Text>{t(texts.noneShared, { name: other.firstName })}</Text>}
        <dl className={styles.answers}>
          {answered.map(({ key, text }) => (
            <div key={key}>
              <dt className={styles.question}>{t(text)}</dt>
              <dd className={styles.words}>{others.answers[key]?.text}</dd>
            </div>
          ))}
        </dl>
      </div>
      {others.evidence !== undefined && (
        <div className={styles.part}>
          <h3 className={styles.heading}>{t(evidenceTexts.othersTitle, { name: other.firstName })}</h3>
          <EvidenceList review={review} tray={others.evidence} />
        </div>
      )}
      <div className={styles.part}>
        <h3 className={styles.heading}>{t(texts.viewsTitle)}</h3>
        <StageViews review={review} />
      </div>
    </>
  );
}

/** Both ratings of each stage side by side; where they differ, words say so and not the colour alone. */
export function StageViews({ review }: { review: ReviewView }) {
  const styles = useStyles();
  const t = useSay();
  const { others, revealedAt, side } = review;
  if (others === undefined) return null;
  const parts =
    side === 'manager'
      ? { manager: review.mine, seller: { ...others, rev: 0 } }
      : { manager: { ...others, rev: 0 }, seller: review.mine };
  const views = bothViews(parts, revealedAt);
  if (views.length === 0) return <Text>{t(texts.noViews)}</Text>;
  const levelName = (value: number | null) => {
    const level = scale.find((one) => one.value === value);
    if (level === undefined) return '';
    return value === null ? t(level.label) : t(texts.levelNumber, { value, label: t(level.label) });
  };
  return (
    <ul className={styles.views}>
      {views.map(({ stage, manager, seller }) => {
        const title = stages.find((one) => one.key === stage)?.title;
        const both = manager !== undefined && seller !== undefined;
        const differ = both && manager !== seller && manager !== null && seller !== null;
        return (
          <li key={stage} className={styles.view}>
            <div className={styles.head}>
              <Text weight="semibold">{title === undefined ? stage : t(title)}</Text>
              {differ && <StatusBadge status="watch" text={t(texts.gapMark)} />}
            </div>
            {(['manager', 'seller'] as const).map((who) => {
              const value = who === 'manager' ? manager : seller;
              if (value === undefined) return null;
              const example = parts[who].ratings[stage]?.example.trim() ?? '';
              return (
                <div key={who} className={styles.one}>
                  <Text>{t(texts.viewOf, { name: review[who].firstName, view: levelName(value) })}</Text>
                  {example !== '' && (
                    <Text size={200} className={styles.example}>
                      {example}
                    </Text>
                  )}
                </div>
              );
            })}
            <Text size={200} className={styles.help}>
              {differ && t(message('gap'), { a: manager, b: seller })}
              {both && manager === seller && manager !== null && t(texts.sameView)}
              {!both && t(texts.oneView)}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
