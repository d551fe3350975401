import { Field, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({ lengths: { flexWrap: 'wrap' } });

const lengths = [30, 45, 60] as const;
export type Length = (typeof lengths)[number];

type Props = { minutes: Length; onChange: (minutes: Length) => void; hint?: string };

export function ChooseLength({ minutes, onChange, hint }: Props) {
  const styles = useStyles();
  const t = useSay();
  return (
    <Field label={t(bookTexts.minutes)} {...(hint === undefined ? {} : { hint })}>
      <RadioGroup
        className={styles.lengths}
        layout="horizontal"
        value={String(minutes)}
        onChange={(_, data) => {
          const length = lengths.find((one) => String(one) === data.value);
          if (length !== undefined) onChange(length);
        }}
      >
        {lengths.map((length) => (
          <Radio key={length} value={String(length)} label={t(bookTexts.minutesValue, { minutes: length })} />
        ))}
      </RadioGroup>
    </Field>
  );
}
