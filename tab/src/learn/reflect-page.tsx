import { Field, makeStyles, Radio, RadioGroup, Text, Textarea, tokens } from '@fluentui/react-components';
import { reflection } from '@medspill/domain/content/sections/reflection';
import type { Text as CatalogueText } from '@medspill/domain/content/text';
import { learnTexts as texts } from '@medspill/domain/content/texts/learn';
import type { Reflection } from '@medspill/domain/learn/contract';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../client/call.ts';
import { useAnswer } from '../client/use-answer.ts';
import { Disclosure } from '../prepare/disclosure.tsx';
import { keptFields } from '../prepare/kept-fields.ts';
import { createPrivateDraft } from '../prepare/private-draft.ts';
import { SaveLine } from '../prepare/save-line.tsx';
import { VisibilityLine } from '../prepare/visibility-line.tsx';
import { useHost, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { ReadNote, WriteNote } from './note-to-manager.tsx';

const useStyles = makeStyles({
  questions: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  question: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

type Option = { value: string; text: CatalogueText };

/** How much of the time the seller talked: the three answers that the question's hint names. */
const talkOptions: Option[] = [
  { value: 'under_40', text: texts.under40 },
  { value: 'about_half', text: texts.aboutHalf },
  { value: 'over_60', text: texts.over60 },
];

const agreeOptions: Option[] = [
  { value: '1', text: texts.agree1 },
  { value: '2', text: texts.agree2 },
  { value: '3', text: texts.agree3 },
  { value: '4', text: texts.agree4 },
  { value: '5', text: texts.agree5 },
];

/** What one makes of the review afterwards; only its author reads it (capability 59). */
export function ReflectPage({ reviewId }: { reviewId: string }) {
  const t = useSay();
  const review = useAnswer('getReview', { params: { reviewId } });
  const reflected = useAnswer('readReflection', { params: { reviewId } });
  const side = review.value?.side;
  return (
    <Page
      title={t(texts.reflectTitle)}
      lead={side && t(side === 'manager' ? texts.reflectLead : texts.sellerLead)}
    >
      <Reading of={review}>
        {(value) =>
          value.phase === 'before' ? (
            <Empty text={t(texts.notYet)} />
          ) : (
            <Reading of={reflected}>
              {(words) => <Questions key={value.id} review={value} words={words} />}
            </Reading>
          )
        }
      </Reading>
    </Page>
  );
}

function Questions({ review, words }: { review: ReviewView; words: Reflection }) {
  const styles = useStyles();
  const t = useSay();
  const { surface } = useHost();
  const [draft] = useState(() => {
    const params = { reviewId: review.id };
    return createPrivateDraft({
      words,
      kept: keptFields(`medspill/reflection/${review.id}/${review[review.side].id}/`),
      save: (body) => call('saveReflection', { params, body }),
      read: () => call('readReflection', { params }),
    });
  });
  useEffect(() => draft.start(), [draft]);
  const view = useSyncExternalStore(draft.subscribe, draft.view);
  const isManager = review.side === 'manager';
  const field = (key: string, label: CatalogueText, hint?: CatalogueText, options?: Option[]) => (
    <div key={key} className={styles.question}>
      <Field
        label={{ children: t(label), weight: 'semibold' }}
        {...(hint === undefined || options !== undefined ? {} : { hint: t(hint) })}
      >
        {options === undefined ? (
          <Textarea
            value={view.answers[key] ?? ''}
            resize="vertical"
            textarea={{ rows: 3, maxLength: 4000 }}
            onChange={(_, data) => draft.write(key, data.value)}
          />
        ) : (
          <RadioGroup value={view.answers[key] ?? ''} onChange={(_, data) => draft.write(key, data.value)}>
            {options.map((option) => (
              <Radio key={option.value} value={option.value} label={t(option.text)} />
            ))}
          </RadioGroup>
        )}
      </Field>
      <VisibilityLine visibleTo="me" text={t(isManager ? texts.onlyMe : texts.aggregate)} />
    </div>
  );
  return (
    <>
      <Section title={t(texts.reflectTitle)} look="card">
        <Text as="p" block size={200}>
          {t(texts.term)}
        </Text>
        <div className={styles.questions}>
          {isManager
            ? reflection.manager.map((one) =>
                field(
                  one.key,
                  one.text,
                  'hint' in one ? (one.hint as CatalogueText) : undefined,
                  one.key === 'r_talk' ? talkOptions : undefined,
                ),
              )
            : reflection.seller
                .filter((one) => one.visibility === 'aggregate')
                .map((one) => field(one.key, one.text, undefined, agreeOptions))}
        </div>
      </Section>
      {!isManager && (
        <WriteNote
          reviewId={review.id}
          manager={review.manager.firstName}
          text={view.answers.p_note ?? ''}
          onChange={(text) => draft.write('p_note', text)}
        />
      )}
      {isManager && <ReadNote reviewId={review.id} seller={review.seller.firstName} />}
      {isManager && (
        <Disclosure title={t(texts.quarter)}>
          <ul className={styles.list}>
            {reflection.quarter.map((question) => (
              <li key={question.en}>{t(question)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
      {surface !== 'side-panel' && (
        <Text>
          <PageLink to={{ name: 'growth', id: review.pairId }}>{t(texts.toGrowth)}</PageLink>
        </Text>
      )}
      <SaveLine state={view.state} lasting={view.lasting} />
    </>
  );
}
