import { Select, type SelectProps } from '@fluentui/react-components';
import { bareTime } from '@medspill/domain/format';
import { useLanguage } from '../shell/host-context.tsx';

/** Quarter hours of a working day; a browser's own time field would not write them as the reader's language does. */
const quarters = Array.from({ length: 12 * 4 }, (_, index) => {
  const hour = String(7 + Math.floor(index / 4)).padStart(2, '0');
  return `${hour}:${String((index % 4) * 15).padStart(2, '0')}`;
});

type Props = Omit<SelectProps, 'value' | 'onChange'> & {
  /** `10:30`, or empty while none is chosen. */
  value: string;
  onChange: (time: string) => void;
};

/** Passes on what a Field gives it: its label and messages belong to the select. */
export function TimeSelect({ value, onChange, ...field }: Props) {
  const language = useLanguage();
  const times = value === '' || quarters.includes(value) ? quarters : [...quarters, value].sort();
  return (
    <Select {...field} value={value} onChange={(_, data) => data.value !== '' && onChange(data.value)}>
      {value === '' && <option value="">–</option>}
      {times.map((time) => (
        <option key={time} value={time}>
          {bareTime(time, language)}
        </option>
      ))}
    </Select>
  );
}
