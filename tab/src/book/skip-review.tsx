import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { monthName } from '@medspill/domain/format';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import type { ReviewDialogProps } from './series-actions.tsx';
import { SeriesDialog } from './series-dialog.tsx';

const reasons = {
  holiday: bookTexts.reasonHoliday,
  absence: bookTexts.reasonAbsence,
  agreed: bookTexts.reasonAgreed,
  other: bookTexts.reasonOther,
} as const;
const reasonKeys = ['holiday', 'absence', 'agreed', 'other'] as const;

export function SkipReview({ pair, review, onClose, onChanged }: ReviewDialogProps) {
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [reason, setReason] = useState<(typeof reasonKeys)[number]>();
  const skip = useCommand('skipReview', (next) => {
    announce(t(bookTexts.skipped));
    onChanged(next);
  });
  return (
    <SeriesDialog
      title={t(bookTexts.skipMonth)}
      verb={t(bookTexts.skip)}
      text={t(bookTexts.skipText, {
        month: monthName(review.month, language),
        name: pair.seller.firstName,
      })}
      command={skip}
      disabled={reason === undefined}
      onConfirm={() => {
        if (reason !== undefined) void skip.run({ params: { reviewId: review.id }, body: { reason } });
      }}
      onClose={onClose}
    >
      <Field label={t(bookTexts.reason)} required>
        <RadioGroup
          value={reason ?? ''}
          onChange={(_, data) => setReason(reasonKeys.find((key) => key === data.value))}
        >
          {reasonKeys.map((key) => (
            <Radio key={key} value={key} label={t(reasons[key])} />
          ))}
        </RadioGroup>
      </Field>
    </SeriesDialog>
  );
}
