import {
  Button,
  Checkbox,
  Field,
  makeStyles,
  Select,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { smart } from '@medspill/domain/content/sections/smart';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import type { Confirmations } from '@medspill/domain/run/contract';
import type { GoalSlot } from '@medspill/domain/run/form';
import { otherSide } from '@medspill/domain/sides';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { type Status, StatusBadge } from '../ui/status-badge.tsx';
import { useLive } from './live-context.tsx';

const useStyles = makeStyles({
  check: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    margin: 0,
    padding: 0,
    border: 'none',
    minWidth: 0,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  legend: { fontWeight: tokens.fontWeightSemibold },
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
  narrow: { maxWidth: '8rem' },
});

const shared = ['specific', 'measurable', 'time'] as const;
const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const letterOf = (key: string) => smart.letters.find((one) => one.key === key);

type Props = {
  slot: GoalSlot;
  title: string;
  hash: string | undefined;
  complete: boolean;
  confirmations: Confirmations[string];
  onConfirmations: (next: Confirmations) => void;
};

/** The SMART check of one side, bound to the words as they read now. */
export function GoalConfirmation({ slot, title, hash, complete, confirmations, onConfirmations }: Props) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const { view, review, other, writable } = useLive();
  const [answers, setAnswers] = useState<Record<string, boolean>>({});
  const [confidence, setConfidence] = useState('');
  const [attractive, setAttractive] = useState('');
  const command = useCommand('confirmGoal', (next) => onConfirmations(next.confirmations));

  const holds = (side: 'manager' | 'seller') =>
    hash !== undefined && confirmations[side]?.hash === hash ? confirmations[side] : undefined;
  const mine = holds(review.side);
  const theirs = holds(otherSide(review.side));
  const isSeller = review.side === 'seller';
  const answered =
    shared.every((key) => answers[key] === true) &&
    confidence !== '' &&
    (!isSeller || attractive.trim() !== '');

  const state: { status: Status; text: string } =
    mine && theirs
      ? { status: 'good', text: t(texts.confirmedByBoth) }
      : mine
        ? { status: 'waiting', text: t(texts.waitingFor, { name: other.firstName }) }
        : theirs
          ? { status: 'waiting', text: t(texts.confirmedBy, { name: other.firstName }) }
          : { status: 'neutral', text: t(texts.notConfirmed) };

  const send = async (confirmed: boolean) => {
    if (hash === undefined) return;
    const answer = await command.run({
      params: { reviewId: review.id, slot },
      body: {
        hash,
        confirmed,
        confidence: Number(confidence === '' ? (mine?.confidence ?? 1) : confidence),
        ...(isSeller && confirmed ? { attractive: attractive.trim() } : {}),
      },
    });
    if (answer.ok)
      announce(
        `${title}: ${t(confirmed ? texts.confirmedBy : texts.notConfirmed, { name: review[review.side].firstName })}`,
      );
  };

  return (
    <fieldset className={styles.check} aria-label={`${t(texts.smart)}: ${title}`}>
      <div className={styles.head}>
        <span className={styles.legend}>{t(texts.smart)}</span>
        <StatusBadge {...state} />
      </div>
      {theirs !== undefined && (
        <Text size={200} className={styles.help}>
          {t(texts.confidenceOf, { name: other.firstName, value: theirs.confidence })}
        </Text>
      )}
      {mine === undefined && complete && writable && (
        <>
          {shared.map((key) => {
            const letter = letterOf(key);
            return (
              letter !== undefined && (
                <Checkbox
                  key={key}
                  checked={answers[key] === true}
                  label={`${t(letter.label)}: ${t(letter.question)}`}
                  onChange={(_, data) => setAnswers({ ...answers, [key]: data.checked === true })}
                />
              )
            );
          })}
          <Field
            label={`${t(letterOf('realistic')?.label ?? texts.confidence)}: ${t(letterOf('realistic')?.question ?? texts.confidence)}`}
            hint={t(texts.confidence)}
          >
            <Select
              className={styles.narrow}
              value={confidence}
              onChange={(_, data) => setConfidence(data.value)}
            >
              <option value="">{t(texts.choose)}</option>
              {levels.map((level) => (
                <option key={level} value={level}>
                  {level}
                </option>
              ))}
            </Select>
          </Field>
          {confidence !== '' && Number(confidence) < 7 && (
            <Text size={200} className={styles.warn} role="status">
              {t(texts.confidenceLow)}
            </Text>
          )}
          {isSeller ? (
            <Field
              label={`${t(letterOf('attractive')?.label ?? texts.attractive)}: ${t(letterOf('attractive')?.question ?? texts.attractive)}`}
              hint={t(texts.attractive)}
            >
              <Textarea
                value={attractive}
                resize="vertical"
                textarea={{ rows: 2, maxLength: 500 }}
                onChange={(_, data) => setAttractive(data.value)}
              />
            </Field>
          ) : (
            <Text size={200} className={styles.help}>
              {t(letterOf('attractive')?.label ?? texts.attractive)}:{' '}
              {t(texts.attractiveOther, { name: review.seller.firstName })}
            </Text>
          )}
        </>
      )}
      {command.problem?.code === 'goal_changed' ? (
        <Text className={styles.warn} role="alert">
          {t(texts.goalChanged)}
        </Text>
      ) : (
        <ProblemNotice problem={command.problem} onRetry={command.again} />
      )}
      {writable && complete && (
        <div>
          {mine === undefined ? (
            <Button
              appearance="primary"
              aria-label={`${t(texts.confirm)}: ${title}`}
              disabledFocusable={!answered || view.link !== 'saved' || command.busy}
              onClick={() => void send(true)}
            >
              {t(texts.confirm)}
            </Button>
          ) : (
            <Button
              aria-label={`${t(texts.withdraw)}: ${title}`}
              disabledFocusable={command.busy}
              onClick={() => void send(false)}
            >
              {t(texts.withdraw)}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}
