import { Field, Textarea } from '@fluentui/react-components';
import { useId } from 'react';

type Props = {
  label: string;
  /** Under the label: what to write, or who can read it. */
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  problem?: string;
  rows?: number;
  maxLength?: number;
};

/** A field of several lines, with its help tied to it. */
export function TextField({ label, hint, value, onChange, required, problem, rows = 3, maxLength }: Props) {
  const id = useId();
  return (
    <Field
      label={label}
      required={required ?? false}
      {...(hint === undefined ? {} : { hint: { id, children: hint } })}
      {...(problem === undefined ? {} : { validationMessage: problem, validationState: 'error' as const })}
    >
      <Textarea
        value={value}
        rows={rows}
        resize="vertical"
        {...(maxLength === undefined ? {} : { maxLength })}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}
