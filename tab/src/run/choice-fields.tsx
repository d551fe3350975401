// Values with closed keys: each is one entry of the form, so the last choice stands for both.
import { Field, Input, makeStyles, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { choiceReaders, choicesRoot } from '@medspill/domain/run/form';
import { useSay } from '../shell/host-context.tsx';
import { useLive } from './live-context.tsx';

// As narrow as its field: a long option would push the field out of a side panel.
const useStyles = makeStyles({ select: { minWidth: 0 } });

type Option = { value: string; text: string };

/** What a choice holds now, as text; empty when nothing is chosen. */
export function useChoice(name: string): string {
  const { view } = useLive();
  const value = choiceReaders.get(name)?.(view.doc.getMap(choicesRoot).get(name));
  return value === undefined ? '' : String(value);
}

type Props = { name: string; label: string; hint?: string };

export function ChoiceSelect({ name, label, hint, options }: Props & { options: readonly Option[] }) {
  const styles = useStyles();
  const t = useSay();
  const { live, writable } = useLive();
  const value = useChoice(name);
  return (
    <Field label={{ children: label, weight: 'semibold' }} {...(hint === undefined ? {} : { hint })}>
      <Select
        className={styles.select}
        value={value}
        disabled={!writable}
        onChange={(_, data) => live.choose(name, data.value === '' ? undefined : data.value)}
      >
        <option value="">{t(texts.choose)}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </Select>
    </Field>
  );
}

export function ChoiceRadios({ name, label, hint, options }: Props & { options: readonly Option[] }) {
  const { live, writable } = useLive();
  return (
    <Field label={{ children: label, weight: 'semibold' }} {...(hint === undefined ? {} : { hint })}>
      <RadioGroup
        value={useChoice(name)}
        disabled={!writable}
        onChange={(_, data) => live.choose(name, data.value)}
      >
        {options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.text} />
        ))}
      </RadioGroup>
    </Field>
  );
}

export function ChoiceDate({ name, label, hint, earliest }: Props & { earliest?: string }) {
  const { live, writable } = useLive();
  const read = choiceReaders.get(name);
  return (
    <Field label={{ children: label, weight: 'semibold' }} {...(hint === undefined ? {} : { hint })}>
      <Input
        type="date"
        value={useChoice(name)}
        disabled={!writable}
        {...(earliest === undefined ? {} : { min: earliest })}
        onChange={(_, data) => {
          // While a date is being typed it is no date; only a whole one is chosen.
          if (data.value === '') live.choose(name, undefined);
          else if (read?.(data.value) !== undefined) live.choose(name, data.value);
        }}
      />
    </Field>
  );
}
