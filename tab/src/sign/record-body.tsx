import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { agenda } from '@medspill/domain/content/sections/agenda';
import { scale, stages } from '@medspill/domain/content/sections/stages';
import { signTexts as texts } from '@medspill/domain/content/texts/sign';
import { longDate } from '@medspill/domain/format';
import type { StageKey } from '@medspill/domain/prepare/stages';
import type { RecordContent, RecordGoal } from '@medspill/domain/sign/contract';
import type { ReactNode } from 'react';
import { useLanguage, useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  heading: {
    margin: 0,
    paddingTop: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '44rem' },
  help: { color: tokens.colorNeutralForeground2 },
  list: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  goal: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  facts: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(8rem, max-content) minmax(0, 1fr)',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    '@media (max-width: 479px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: 0 },
  },
  term: { color: tokens.colorNeutralForeground2 },
  fact: {
    margin: 0,
    overflowWrap: 'anywhere',
    '@media (max-width: 479px)': { paddingBottom: tokens.spacingVerticalS },
  },
});

/** The words of a record, in the order of the meeting; the same before and after it is signed. */
export function RecordBody({ content }: { content: RecordContent }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const title = (key: StageKey) => {
    const stage = stages.find((one) => one.key === key);
    return stage === undefined ? key : t(stage.title);
  };
  const view = (rating: { value: number | null; example: string } | undefined) => {
    const level = rating && scale.find((one) => one.value === rating.value);
    if (rating === undefined || level === undefined) return t(texts.noView);
    const name = rating.value === null ? t(level.label) : `${rating.value} – ${t(level.label)}`;
    return rating.example === '' ? name : `${name}. ${rating.example}`;
  };
  return (
    <>
      <Part title={t(texts.summary)}>
        <Text className={styles.words}>{content.summary === '' ? t(texts.noSummary) : content.summary}</Text>
      </Part>
      <Part title={t(texts.focus)}>
        {content.focusStages.length === 0 && <Text>{t(texts.noFocus)}</Text>}
        {content.focusStages.map(({ stage, manager, seller }) => (
          <div key={stage} className={styles.part}>
            <Text weight="semibold">{title(stage)}</Text>
            <Text className={styles.words}>
              {t(texts.viewOf, { name: content.manager.name, view: view(manager) })}
            </Text>
            <Text className={styles.words}>
              {t(texts.viewOf, { name: content.seller.name, view: view(seller) })}
            </Text>
          </div>
        ))}
      </Part>
      {content.strengths.length > 0 && (
        <Part title={t(texts.strengths)}>
          <ul className={styles.list}>
            {content.strengths.map(({ text, example }) => (
              <li key={`${text}/${example}`} className={styles.words}>
                <Text weight="semibold">{text}</Text>
                <br />
                {example}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t(texts.goals)}>
        {content.goals.length === 0 && <Text>{t(texts.noGoals)}</Text>}
        {content.goals.map((goal) => (
          <Goal key={goal.slot} goal={goal} content={content} stage={title(goal.stage)} />
        ))}
      </Part>
      <Part title={t(texts.promises, { name: content.manager.name })}>
        {content.promises.length === 0 && (
          <Text>{t(content.noPromiseNeeded ? texts.noPromises : texts.noPromisesYet)}</Text>
        )}
        <ul className={styles.list}>
          {content.promises.map(({ slot, text, dueOn }) => (
            <li key={slot} className={styles.words}>
              {text} ({t(texts.dueOn, { date: longDate(dueOn, language) })})
            </li>
          ))}
        </ul>
      </Part>
      {content.figures.length > 0 && (
        <Part title={t(texts.figures)}>
          <dl className={styles.facts}>
            {content.figures.map(({ label, value }) => (
              <Fact key={`${label}/${value}`} term={label} words={value} />
            ))}
          </dl>
        </Part>
      )}
      {content.notes.length > 0 && (
        <Part title={t(texts.notes)}>
          {content.notes.map(({ agendaKey, text }) => {
            const item = agenda.find((one) => one.key === agendaKey);
            return (
              <div key={agendaKey} className={styles.part}>
                <Text weight="semibold">{item === undefined ? agendaKey : t(item.title)}</Text>
                <Text className={styles.words}>{text}</Text>
              </div>
            );
          })}
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.part}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </div>
  );
}

function Goal({ goal, content, stage }: { goal: RecordGoal; content: RecordContent; stage: string }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const kind = t(goal.kind === 'learning' ? texts.learning : texts.result);
  const horizon = t(goal.horizon === 'short' ? texts.shortGoal : texts.longGoal);
  return (
    <div className={styles.goal}>
      <Text weight="semibold" className={styles.words}>
        {goal.text}
      </Text>
      <Text size={200} className={styles.help}>
        {horizon}, {kind.toLowerCase()}, {stage.toLowerCase()}
      </Text>
      <dl className={styles.facts}>
        <Fact term={t(texts.measure)} words={goal.measure} />
        <Fact
          term={t(texts.actions)}
          words={
            <ol className={styles.list}>
              {goal.actions.map(({ text, dueOn }) => (
                <li key={text}>
                  {text}
                  {dueOn !== undefined && ` (${t(texts.dueOn, { date: longDate(dueOn, language) })})`}
                </li>
              ))}
            </ol>
          }
        />
        {goal.ifThen !== '' && <Fact term={t(texts.ifThen)} words={goal.ifThen} />}
        {goal.priority !== '' && <Fact term={t(texts.priority)} words={goal.priority} />}
        <Fact term={t(texts.due)} words={longDate(goal.dueOn, language)} />
        <Fact term={t(texts.doer)} words={content[goal.doer].name} />
        <Fact term={t(texts.follower)} words={content[goal.follower].name} />
        <Fact
          term={t(texts.confidence)}
          words={t(texts.confidenceBoth, {
            manager: content.manager.name,
            managerValue: goal.confidence.manager,
            seller: content.seller.name,
            sellerValue: goal.confidence.seller,
          })}
        />
        {goal.attractive !== '' && (
          <Fact term={t(texts.attractive, { name: content.seller.name })} words={goal.attractive} />
        )}
      </dl>
    </div>
  );
}

function Fact({ term, words }: { term: string; words: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.fact}>{words}</dd>
    </>
  );
}
