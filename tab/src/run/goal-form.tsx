import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons';
import { smart } from '@medspill/domain/content/sections/smart';
import { stages } from '@medspill/domain/content/sections/stages';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { shortDate } from '@medspill/domain/format';
import { stageKeys } from '@medspill/domain/prepare/stages';
import type { Confirmations } from '@medspill/domain/run/contract';
import { actionSlots, type GoalSlot, horizonOf } from '@medspill/domain/run/form';
import { goalMissing, longestDays } from '@medspill/domain/run/goal';
import type { DateText } from '@medspill/domain/time';
import { useState } from 'react';
import { today } from '../client/today.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ChoiceDate, ChoiceRadios, ChoiceSelect } from './choice-fields.tsx';
import { GoalConfirmation } from './goal-confirmation.tsx';
import { missingTexts } from './goal-missing-texts.ts';
import { useLive } from './live-context.tsx';
import { SharedField } from './shared-field.tsx';

const useStyles = makeStyles({
  goal: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    margin: 0,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    minWidth: 0,
    '@media (max-width: 479px)': { padding: tokens.spacingHorizontalM },
  },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(12rem, 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'end',
  },
  action: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalM,
    alignItems: 'end',
    '@media (max-width: 479px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  missing: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  example: { color: tokens.colorNeutralForeground2, fontStyle: 'italic' },
});

const also = (key: string) => smart.also.find((one) => one.key === key);
const letter = (key: string) => smart.letters.find((one) => one.key === key);

type Props = {
  slot: GoalSlot;
  hash: string | undefined;
  confirmations: Confirmations[string];
  onConfirmations: (next: Confirmations) => void;
  /** Asks to clear the goal. */
  onEmpty: () => void;
};

/** One goal in its slot: what to reach, how, by when and by whom; then what each says to it. */
export function GoalForm({ slot, hash, confirmations, onConfirmations, onEmpty }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const { view, review, me, writable } = useLive();
  const [extra, setExtra] = useState(2);
  const goal = view.form.goals[slot];
  const at = `goal.${slot}`;
  const number = Number(slot.at(-1)) + 1;
  const title = t(horizonOf(slot) === 'short' ? texts.shortGoal : texts.longGoal, { number });
  const now = today(me.zone);
  const missing = goalMissing(goal, now.toString() as DateText);
  const stage = stages.find((one) => one.key === goal.stage);
  const lastUsed = goal.actions.findLastIndex(({ text, dueOn }) => text !== '' || dueOn !== undefined);
  const shownActions = actionSlots.slice(0, Math.max(extra, lastUsed + 1));
  const people = [
    { value: 'seller', text: review.seller.name },
    { value: 'manager', text: review.manager.name },
  ];
  const hint = (text: { nb: string; en: string } | undefined) =>
    text === undefined ? {} : { hint: t(text) };
  const shortDue = now.add({ days: 28 }).toString();
  const longDue = now.add({ days: longestDays.long - 35 }).toString();

  return (
    <section className={styles.goal} aria-label={title}>
      <div className={styles.head}>
        <h4 className={styles.title}>{title}</h4>
        {writable && (
          <Button
            appearance="subtle"
            icon={<Delete20Regular />}
            aria-label={`${t(texts.emptyGoal)}: ${title}`}
            onClick={onEmpty}
          />
        )}
      </div>
      <ChoiceSelect
        name={`${at}.stage`}
        label={t(texts.stage)}
        options={stageKeys.map((key) => {
          const text = stages.find((one) => one.key === key)?.title;
          return { value: key, text: text === undefined ? key : t(text) };
        })}
      />
      <SharedField
        name={`${at}.text`}
        label={t(texts.goalText)}
        rows={3}
        advised={400}
        {...hint(letter('specific')?.hint)}
      />
      {stage !== undefined && goal.text === '' && (
        <Text size={200} className={styles.example}>
          {t(texts.goalExample, {
            example: t(stage.goal_examples[horizonOf(slot)], {
              short_due: shortDate(shortDue, language),
              long_due: shortDate(longDue, language),
            }),
          })}
        </Text>
      )}
      <ChoiceRadios
        name={`${at}.kind`}
        label={t(also('type')?.label ?? texts.learning)}
        {...hint(also('type')?.text)}
        options={[
          { value: 'learning', text: t(texts.learning) },
          { value: 'result', text: t(texts.result) },
        ]}
      />
      <SharedField
        name={`${at}.measure`}
        label={t(texts.measure)}
        rows={1}
        advised={400}
        {...hint(letter('measurable')?.hint)}
      />
      {shownActions.map((action) => (
        <div key={action} className={styles.action}>
          <SharedField
            name={`${at}.action.${action}`}
            label={t(texts.action, { number: action + 1 })}
            rows={1}
            {...(action === 0 ? hint(also('how')?.text) : {})}
          />
          <ChoiceDate
            name={`${at}.action.${action}.dueOn`}
            label={t(texts.actionDue, { number: action + 1 })}
            earliest={now.toString()}
          />
        </div>
      ))}
      {shownActions.length < actionSlots.length && writable && (
        <div>
          <Button
            appearance="subtle"
            icon={<Add20Regular />}
            onClick={() => setExtra(shownActions.length + 1)}
          >
            {t(texts.addAction)}
          </Button>
        </div>
      )}
      <SharedField
        name={`${at}.ifThen`}
        label={t(also('ifthen')?.label ?? texts.action)}
        rows={1}
        {...hint(also('ifthen')?.text)}
      />
      <SharedField
        name={`${at}.priority`}
        label={t(also('strategy')?.label ?? texts.action)}
        rows={1}
        {...hint(also('strategy')?.text)}
      />
      <ChoiceDate
        name={`${at}.dueOn`}
        label={t(texts.due)}
        earliest={now.add({ days: 1 }).toString()}
        {...hint(letter('time')?.hint)}
      />
      <div className={styles.pair}>
        <ChoiceSelect name={`${at}.doer`} label={t(texts.doer)} options={people} />
        <ChoiceSelect name={`${at}.follower`} label={t(texts.follower)} options={people} />
      </div>
      {missing.length > 0 && (
        <div className={styles.missing}>
          <Text weight="semibold">{t(texts.missing)}</Text>
          <ul className={styles.list}>
            {missing.map((code) => (
              <li key={code}>
                <Text size={200}>{t(missingTexts[code])}</Text>
              </li>
            ))}
          </ul>
        </div>
      )}
      <GoalConfirmation
        slot={slot}
        title={title}
        hash={hash}
        complete={missing.length === 0}
        confirmations={confirmations}
        onConfirmations={onConfirmations}
      />
    </section>
  );
}
