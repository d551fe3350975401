import { Button, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Lightbulb20Regular } from '@fluentui/react-icons';
import { prep, prepRules } from '@medspill/domain/content/sections/prep';
import { scaleRules } from '@medspill/domain/content/sections/stages';
import { evidenceTexts } from '@medspill/domain/content/texts/evidence';
import { prepareTexts as texts } from '@medspill/domain/content/texts/prepare';
import { longDateTime, wallClock } from '@medspill/domain/format';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { isComplete } from '@medspill/domain/prepare/evidence';
import { questionOf } from '@medspill/domain/prepare/questions';
import { focusBeforeMeeting } from '@medspill/domain/prepare/rated-stages';
import { missingOf } from '@medspill/domain/prepare/readiness';
import { otherSide } from '@medspill/domain/sides';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../client/call.ts';
import { useAnswer } from '../client/use-answer.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useHost, useLanguage, useSay } from '../shell/host-context.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ReadinessRing } from '../ui/readiness-ring.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { EvidenceTray } from './evidence-tray.tsx';
import { keptFields } from './kept-fields.ts';
import { message } from './message.ts';
import { OpenedAnswers } from './opened-answers.tsx';
import {
  type AnswerValue,
  answerField,
  createDraft,
  type Draft,
  type RatingValue,
  ratingField,
} from './preparation-draft.ts';
import { QuestionField } from './question-field.tsx';
import { RatingField } from './rating-field.tsx';
import { ReactionGuide } from './reaction-guide.tsx';
import { ReviewLink } from './review-link.tsx';
import { SaveLine } from './save-line.tsx';

const useStyles = makeStyles({
  lesson: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
  },
  lessonSign: { flexShrink: 0, color: tokens.colorBrandForeground1 },
  lessonWords: { display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
  rings: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXXL}`,
  },
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  questions: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  ratings: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  rules: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});

/** How often the other's readiness is asked for while the page is in view. */
const lookAgainMs = 20_000;

/** The preparation of one side: both halves, the ratings, and what the other has shared once it is open. */
export function PreparePage({ reviewId }: { reviewId: string }) {
  const t = useSay();
  const language = useLanguage();
  const review = useAnswer('getReview', { params: { reviewId } });
  const { reload } = review;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), lookAgainMs);
    return () => clearInterval(timer);
  }, [reload]);
  const lead = review.value === undefined ? undefined : leadOf(review.value);
  return (
    <Page
      title={t(texts.title)}
      lead={lead && t(texts.lead, { other: lead.other, when: longDateTime(lead.date, lead.time, language) })}
    >
      <Reading of={review}>
        {(value) => <Preparation key={value.id} review={value} onReview={review.put} />}
      </Reading>
    </Page>
  );
}

function leadOf(review: ReviewView) {
  const me = review[review.side];
  return {
    other: review[otherSide(review.side)].firstName,
    ...wallClock(review.occurrence.start, me.zone),
  };
}

function useDraft(review: ReviewView): Draft {
  const [draft] = useState(() =>
    createDraft({
      review,
      focus: focusBeforeMeeting(review.ratedStages),
      kept: keptFields(`medspill/preparation/${review.id}/${review[review.side].id}/`),
      save: (body) => call('savePreparation', { params: { reviewId: review.id }, body }),
      read: () => call('getReview', { params: { reviewId: review.id } }),
    }),
  );
  useEffect(() => draft.start(), [draft]);
  return draft;
}

function Preparation({ review, onReview }: { review: ReviewView; onReview: (review: ReviewView) => void }) {
  const styles = useStyles();
  const t = useSay();
  const draft = useDraft(review);
  const view = useSyncExternalStore(draft.subscribe, draft.view);
  const closed = view.state === 'closed';
  const other = review[otherSide(review.side)];
  const halves =
    review.side === 'manager'
      ? { practical: prep.manager_practical, mental: prep.manager_mental }
      : { practical: prep.seller_practical, mental: prep.seller_mental };
  const focus = focusBeforeMeeting(review.ratedStages);
  const ratedCount = review.ratedStages.filter((stage) => view.ratings[stage] !== undefined).length;
  const readiness = {
    ...review.readiness,
    [review.side]: { ...view.readiness[review.side], ready: review.readiness[review.side].ready },
  };

  const question = ({ key, text, ...rest }: (typeof halves)['practical'][number]) => {
    const asked = questionOf(review.side, key);
    if (asked === undefined) return null;
    if (!asked.stored) return <ReactionQuestion key={key} text={text} />;
    const conflict = view.conflicts.get(answerField(key)) as AnswerValue | undefined;
    const hint = 'hint' in rest ? (rest.hint as typeof text) : undefined;
    const sharing = !asked.shareable ? 'never' : rest.visibility === 'revealed' ? 'revealed' : 'by_choice';
    return (
      <QuestionField
        key={key}
        label={text}
        {...(hint === undefined ? {} : { hint })}
        sharing={sharing}
        value={view.answers[key] ?? { text: '', ready: false }}
        readOnly={closed}
        onChange={(value) => draft.answer(key, value)}
        {...(conflict === undefined ? {} : { other: conflict })}
        onSettle={(which) => draft.settle(answerField(key), which)}
      />
    );
  };

  return (
    <>
      {review.lesson !== undefined && (
        <div className={styles.lesson}>
          <Lightbulb20Regular className={styles.lessonSign} aria-hidden="true" />
          <div className={styles.lessonWords}>
            <Text weight="semibold">{t(texts.lesson)}</Text>
            <Text>{review.lesson}</Text>
          </div>
        </div>
      )}
      <Section title={t(texts.readiness)} look="card">
        <div className={styles.rings}>
          <ReadinessRing name={review.manager.firstName} readiness={readiness.manager} />
          <ReadinessRing name={review.seller.firstName} readiness={readiness.seller} />
        </div>
        <Text size={200} className={styles.help}>
          {t(texts.readinessHelp)}
        </Text>
        {view.state === 'refused' && <ProblemNotice problem={view.problem} />}
      </Section>
      {review.revealedAt !== undefined && (
        <Section title={t(texts.open)} look="card">
          <OpenedAnswers review={review} />
        </Section>
      )}
      <Section title={t(texts.practical)} look="card">
        <Text as="p" block className={styles.help}>
          {t(texts.practicalHelp)} {t(prepRules[0] ?? texts.shownToBoth)}
        </Text>
        <div className={styles.questions}>{halves.practical.map(question)}</div>
      </Section>
      <Section
        title={t(texts.ratings)}
        look="card"
        aside={<Text size={200}>{t(texts.rated, { count: ratedCount, of: review.ratedStages.length })}</Text>}
      >
        <Text as="p" block className={styles.help}>
          {t(review.side === 'manager' ? texts.ratingsManager : texts.ratingsSeller, {
            name: other.firstName,
          })}{' '}
          {t(focus.length === 0 ? texts.ratingsAll : texts.ratingsFocus)}
        </Text>
        <ul className={styles.rules}>
          {scaleRules.map((rule) => (
            <li key={rule.en}>
              <Text size={200}>{t(rule)}</Text>
            </li>
          ))}
        </ul>
        <div className={styles.ratings}>
          {review.ratedStages.map((stage) => {
            const conflict = view.conflicts.get(ratingField(stage)) as RatingValue | undefined;
            return (
              <RatingField
                key={stage}
                stage={stage}
                value={view.ratings[stage]}
                needsExample={focus.includes(stage)}
                readOnly={closed}
                startOpen={focus.length > 0}
                onChange={(value) => draft.rate(stage, value)}
                {...(conflict === undefined ? {} : { other: conflict })}
                onSettle={(which) => draft.settle(ratingField(stage), which)}
              />
            );
          })}
        </div>
      </Section>
      <EvidenceTray review={review} draft={draft} view={view} readOnly={closed} />
      <Section title={t(texts.mental)} look="card">
        <Text as="p" block className={styles.help}>
          {t(texts.mentalHelp)}
        </Text>
        <div className={styles.questions}>{halves.mental.map(question)}</div>
      </Section>
      <ReadySection review={review} draft={draft} onReview={onReview} />
      <SaveLine state={view.state} lasting={view.lasting} />
    </>
  );
}

/** The one question whose answer is kept nowhere: it opens the guide, and only where nobody else sees the screen. */
function ReactionQuestion({ text }: { text: (typeof prep)['manager_mental'][number]['text'] }) {
  const styles = useStyles();
  const t = useSay();
  const host = useHost();
  const alone = host.surface === 'tab' && host.chatId === undefined;
  return (
    <div className={styles.ratings}>
      <Text weight="semibold">{t(text)}</Text>
      {alone ? (
        <>
          <Text size={200} className={styles.help}>
            {t(texts.notKept)}
          </Text>
          <ReactionGuide />
        </>
      ) : (
        <Text>{t(texts.guideElsewhere)}</Text>
      )}
    </div>
  );
}

function ReadySection({
  review,
  draft,
  onReview,
}: {
  review: ReviewView;
  draft: Draft;
  onReview: (review: ReviewView) => void;
}) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const view = useSyncExternalStore(draft.subscribe, draft.view);
  const setReady = useCommand('setReady', (next) => {
    onReview(next);
    if (next.readiness[next.side].ready) announce(t(texts.ready));
  });
  const other = review[otherSide(review.side)];
  const { ready } = review.readiness[review.side];
  const missing = missingOf(view.readiness[review.side]);
  const enough = missing.practical === 0 && missing.mental === 0;
  const unmarked = Object.entries(view.answers).filter(
    ([key, answer]) =>
      answer.text.trim() !== '' &&
      !answer.ready &&
      questionOf(review.side, key)?.shareable === true &&
      key !== 'sm_mind' &&
      key !== 'sm_energy',
  );
  const unmarkedEvidence = Object.entries(view.evidence).filter(
    ([, item]) => !item.ready && isComplete(item),
  );
  const say = async (next: boolean) => {
    await draft.flush();
    await setReady.run({ params: { reviewId: review.id }, body: { ready: next } });
  };
  const closed = view.state === 'closed';
  return (
    <Section title={t(texts.ready)} look="card">
      {ready && review.revealedAt === undefined && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{t(message('one_ready'), { other: other.firstName })}</MessageBarBody>
        </MessageBar>
      )}
      {!ready && <Text>{enough ? t(texts.readyCan) : t(texts.readyMissing, missing)}</Text>}
      {unmarked.length + unmarkedEvidence.length > 0 && !closed && (
        <div className={styles.buttons}>
          {unmarked.length > 0 && (
            <Text>{t(texts.unmarked, { count: unmarked.length, other: other.firstName })}</Text>
          )}
          {unmarkedEvidence.length > 0 && (
            <Text>
              {t(evidenceTexts.unmarked, { count: unmarkedEvidence.length, other: other.firstName })}
            </Text>
          )}
          <Button
            onClick={() => {
              for (const [key, answer] of unmarked) draft.answer(key, { ...answer, ready: true });
              for (const [id, item] of unmarkedEvidence) draft.place(id, { ...item, ready: true });
            }}
          >
            {t(texts.markAll)}
          </Button>
        </div>
      )}
      <ProblemNotice problem={setReady.problem} onRetry={setReady.again} />
      <div className={styles.buttons}>
        {!ready && !closed && (
          <Button
            appearance="primary"
            disabledFocusable={!enough || setReady.busy}
            onClick={() => void say(true)}
          >
            {t(texts.iAmReady)}
          </Button>
        )}
        {ready && review.revealedAt === undefined && !closed && (
          <Button disabledFocusable={setReady.busy} onClick={() => void say(false)}>
            {t(texts.takeBackReady)}
          </Button>
        )}
        <ReviewLink reviewId={review.id} part="run">
          {t(texts.toReview)}
        </ReviewLink>
      </div>
    </Section>
  );
}
