import { Field, makeStyles, Select } from '@fluentui/react-components';
import { goalChangeTexts as texts } from '@medspill/domain/content/texts/goal-change';
import { runTexts } from '@medspill/domain/content/texts/run';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({ narrow: { maxWidth: '8rem' } });

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

type Props = { value: string; onChange: (value: string) => void; missing: boolean };

/** How sure a person is that a goal will be reached; empty until it is answered. */
export function ConfidenceSelect({ value, onChange, missing }: Props) {
  const styles = useStyles();
  const t = useSay();
  return (
    <Field
      label={t(texts.confidence)}
      required
      {...(missing
        ? { validationState: 'error' as const, validationMessage: t(texts.confidenceNeeded) }
        : {})}
    >
      <Select className={styles.narrow} value={value} onChange={(_, data) => onChange(data.value)}>
        <option value="">{t(runTexts.choose)}</option>
        {levels.map((level) => (
          <option key={level} value={level}>
            {level}
          </option>
        ))}
      </Select>
    </Field>
  );
}
