import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { grow } from '@medspill/domain/content/sections/conversation';
import { sbi } from '@medspill/domain/content/sections/feedback';
import { stages } from '@medspill/domain/content/sections/stages';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { type StageKey, stageKeys } from '@medspill/domain/prepare/stages';
import { focusSlots } from '@medspill/domain/run/form';
import { Disclosure } from '../prepare/disclosure.tsx';
import { StageViews } from '../prepare/opened-answers.tsx';
import { useSay } from '../shell/host-context.tsx';
import { useChoice } from './choice-fields.tsx';
import { EvidenceAtHand } from './evidence-at-hand.tsx';
import { GrowingList } from './growing-list.tsx';
import { useLive } from './live-context.tsx';
import { SharedField } from './shared-field.tsx';

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  choices: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(15rem, 1fr))',
    margin: 0,
    padding: 0,
    border: 'none',
  },
  focus: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorBrandBackground2,
  },
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  strength: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    margin: 0,
    padding: 0,
    border: 'none',
  },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
});

/** Figures have their own five minutes. */
const notFigures = ['quote', 'moment', 'record', 'link'] as const;

/** Both ratings at once, the one or two steps to work on, and strengths with their examples. */
export function Stages() {
  const styles = useStyles();
  const t = useSay();
  const { view, review } = useLive();
  return (
    <>
      <div className={styles.group}>
        <h3 className={styles.heading}>{t(texts.views)}</h3>
        {review.revealedAt === undefined ? (
          <Text>{t(texts.viewsClosed)}</Text>
        ) : (
          <StageViews review={review} />
        )}
      </div>
      <EvidenceAtHand kinds={notFigures} />
      <FocusStages />
      <div className={styles.group}>
        <h3 className={styles.heading}>{t(texts.strengths)}</h3>
        <Text className={styles.help}>{t(texts.strengthsHelp)}</Text>
        <GrowingList
          used={view.form.strengths.map(({ text, example }) => text !== '' || example !== '')}
          least={1}
          addText={t(texts.addStrength)}
        >
          {(slot) => (
            <fieldset className={styles.strength} aria-label={t(texts.strength, { number: slot + 1 })}>
              <SharedField name={`strength.${slot}.text`} label={t(texts.strengthText)} />
              <SharedField name={`strength.${slot}.example`} label={t(texts.strengthExample)} />
              {view.form.strengths[slot]?.text.trim() !== '' &&
                view.form.strengths[slot]?.example.trim() === '' && (
                  <Text size={200} className={styles.warn}>
                    {t(texts.strengthNeedsExample)}
                  </Text>
                )}
            </fieldset>
          )}
        </GrowingList>
      </div>
      <Prompts />
    </>
  );
}

function FocusStages() {
  const styles = useStyles();
  const t = useSay();
  const { live, view, writable } = useLive();
  const slots = { 0: useChoice('focus.0'), 1: useChoice('focus.1') };
  const { focus } = view.form;
  const toggle = (stage: StageKey, chosen: boolean) => {
    if (!chosen) {
      for (const slot of focusSlots) if (slots[slot] === stage) live.choose(`focus.${slot}`, undefined);
      return;
    }
    const free = focusSlots.find((slot) => slots[slot] === '');
    if (free !== undefined) live.choose(`focus.${free}`, stage);
  };
  return (
    <div className={styles.group}>
      <h3 className={styles.heading}>{t(texts.focus)}</h3>
      <Text className={styles.help}>{t(focus.length === 2 ? texts.focusFull : texts.focusHelp)}</Text>
      <fieldset className={styles.choices} aria-label={t(texts.focus)}>
        {stageKeys.map((key) => {
          const stage = stages.find((one) => one.key === key);
          if (stage === undefined) return null;
          const checked = focus.includes(key);
          return (
            <Checkbox
              key={key}
              label={t(stage.title)}
              checked={checked}
              disabled={!writable || (!checked && focus.length === 2)}
              onChange={(_, data) => toggle(key, data.checked === true)}
            />
          );
        })}
      </fieldset>
      {focus.map((key) => {
        const stage = stages.find((one) => one.key === key);
        return (
          stage !== undefined && (
            <div key={key} className={styles.focus}>
              <Text weight="semibold">{t(stage.title)}</Text>
              <Text>
                {t(texts.customerQuestion)}: {t(stage.customer_lens)}
              </Text>
              <Text>
                {t(texts.practice)}: {t(stage.practice)}
              </Text>
            </div>
          )
        );
      })}
    </div>
  );
}

/** Well-used questions, at hand and never asked for. */
function Prompts() {
  const styles = useStyles();
  const t = useSay();
  return (
    <Disclosure title={t(texts.prompts)}>
      {grow.map((part) => (
        <div key={part.key}>
          <Text weight="semibold">{t(part.title)}</Text>
          <ul className={styles.list}>
            {part.questions.map((question) => (
              <li key={question.en}>{t(question)}</li>
            ))}
          </ul>
        </div>
      ))}
      <div>
        <Text weight="semibold">{t(sbi.title)}</Text>
        <ul className={styles.list}>
          {sbi.steps.map((step) => (
            <li key={step.key}>
              {t(step.label)}: {t(step.help)}
            </li>
          ))}
        </ul>
      </div>
    </Disclosure>
  );
}
