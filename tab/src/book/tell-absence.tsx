import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { longDate } from '@medspill/domain/format';
import type { Side } from '@medspill/domain/people';
import { useState } from 'react';
import { newId } from '../client/new-id.ts';
import { today } from '../client/today.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import type { DialogProps } from './series-actions.tsx';
import { SeriesDialog } from './series-dialog.tsx';

/** Both tell of themselves; the manager, who plans, of the seller too. */
export function TellAbsence({ pair, onClose, onChanged }: DialogProps) {
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [id] = useState(newId);
  const [side, setSide] = useState<Side>('seller');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const tell = useCommand('addAbsence', (next) => {
    announce(t(bookTexts.absenceTold));
    onChanged(next);
  });
  const first = today(pair[side].zone).toString();
  return (
    <SeriesDialog
      title={t(bookTexts.tellAbsence)}
      verb={t(bookTexts.tell)}
      text={t(bookTexts.absenceText)}
      command={tell}
      disabled={from === '' || to === '' || to < from || to < first}
      onConfirm={() => void tell.run({ params: { pairId: pair.id }, body: { id, side, from, to } })}
      onClose={onClose}
    >
      {pair.side === 'manager' && (
        <Field label={t(bookTexts.whoIsAway)}>
          <RadioGroup
            value={side}
            onChange={(_, data) => setSide(data.value === 'manager' ? 'manager' : 'seller')}
          >
            <Radio value="seller" label={pair.seller.firstName} />
            <Radio value="manager" label={t(bookTexts.me)} />
          </RadioGroup>
        </Field>
      )}
      <Field label={t(bookTexts.firstDayAway)} hint={from === '' ? '' : longDate(from, language)}>
        <Input type="date" value={from} onChange={(_, data) => setFrom(data.value)} />
      </Field>
      <Field
        label={t(bookTexts.lastDayAway)}
        {...(from !== '' && to !== '' && to < from
          ? { validationState: 'error' as const, validationMessage: t(bookTexts.lastBeforeFirst) }
          : { hint: to === '' ? '' : longDate(to, language) })}
      >
        <Input
          type="date"
          min={[from, first].sort().at(-1) ?? first}
          value={to}
          onChange={(_, data) => setTo(data.value)}
        />
      </Field>
    </SeriesDialog>
  );
}
