import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { useSay } from '../shell/host-context.tsx';
import { ChoiceDate } from './choice-fields.tsx';
import { GrowingList } from './growing-list.tsx';
import { useLive } from './live-context.tsx';
import { SharedField } from './shared-field.tsx';
import { useToday } from './use-today.ts';

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  promise: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalM,
    alignItems: 'end',
    '@media (max-width: 479px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
});

/** What the manager promises, each with its date; or that nothing is needed, said out loud (capability 5). */
export function Resources() {
  const styles = useStyles();
  const t = useSay();
  const now = useToday();
  const { live, view, review, writable } = useLive();
  const { promises, noPromiseNeeded } = view.form;
  return (
    <>
      <h3 className={styles.heading}>{t(texts.promises, { name: review.manager.firstName })}</h3>
      <GrowingList
        used={promises.map(({ text, dueOn }) => text !== '' || dueOn !== undefined)}
        least={1}
        addText={t(texts.addPromise)}
      >
        {(slot) => (
          <div className={styles.promise}>
            <SharedField
              name={`promise.${slot}.text`}
              label={t(texts.promise, { number: slot + 1 })}
              rows={1}
            />
            <ChoiceDate
              name={`promise.${slot}.dueOn`}
              label={t(texts.promiseDue, { number: slot + 1 })}
              earliest={now}
            />
            {promises[slot]?.text.trim() !== '' && promises[slot]?.dueOn === undefined && (
              <Text size={200} className={styles.warn}>
                {t(texts.promiseNeedsDate)}
              </Text>
            )}
          </div>
        )}
      </GrowingList>
      <Checkbox
        label={t(texts.noPromiseNeeded)}
        checked={noPromiseNeeded}
        disabled={!writable}
        onChange={(_, data) => live.choose('noPromiseNeeded', data.checked === true ? true : undefined)}
      />
    </>
  );
}
