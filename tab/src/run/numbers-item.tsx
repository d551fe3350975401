import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { useSay } from '../shell/host-context.tsx';
import { EvidenceAtHand } from './evidence-at-hand.tsx';
import { GrowingList } from './growing-list.tsx';
import { useLive } from './live-context.tsx';
import { SharedField } from './shared-field.tsx';

const useStyles = makeStyles({
  figure: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: tokens.spacingHorizontalM,
    margin: 0,
    padding: 0,
    border: 'none',
  },
  help: { color: tokens.colorNeutralForeground2 },
});

/** Five figures at most: there is no sixth slot (capability 13). */
export function Numbers() {
  const styles = useStyles();
  const t = useSay();
  const { view } = useLive();
  return (
    <>
      <EvidenceAtHand kinds={['figure']} />
      <Text className={styles.help}>{t(texts.figuresHelp)}</Text>
      <GrowingList
        used={view.form.figures.map(({ label, value }) => label !== '' || value !== '')}
        least={3}
        addText={t(texts.addFigure)}
      >
        {(slot) => (
          <fieldset className={styles.figure} aria-label={t(texts.figure, { number: slot + 1 })}>
            <SharedField name={`figure.${slot}.label`} label={t(texts.figureLabel)} rows={1} advised={80} />
            <SharedField name={`figure.${slot}.value`} label={t(texts.figureValue)} rows={1} advised={80} />
          </fieldset>
        )}
      </GrowingList>
    </>
  );
}
