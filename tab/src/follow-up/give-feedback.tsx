import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { sbi } from '@medspill/domain/content/sections/feedback';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import type { RouteAnswer } from '@medspill/domain/contract';
import { useRef, useState } from 'react';
import { newId } from '../client/new-id.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { WhileWriting } from '../ui/while-writing.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  rules: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, color: tokens.colorNeutralForeground2 },
});

const fields = ['situation', 'behaviour', 'impact'] as const;
type Words = Record<(typeof fields)[number], string>;

type Props = {
  pair: PairView;
  onShared: (moment: RouteAnswer<'addMoment'>) => void;
  onClose: () => void;
};

export function GiveFeedback({ pair, onShared, onClose }: Props) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const id = useRef(newId());
  const [words, setWords] = useState<Words>({ situation: '', behaviour: '', impact: '' });
  const [tried, setTried] = useState(false);
  const other = pair.side === 'manager' ? pair.seller : pair.manager;
  const add = useCommand('addMoment', (moment) => {
    announce(t(followUpTexts.feedbackSaved, { name: other.firstName }));
    onShared(moment);
  });
  const submit = () => {
    setTried(true);
    if (fields.some((field) => words[field].trim() === '')) return;
    void add.run({ params: { pairId: pair.id }, body: { id: id.current, ...words } });
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ul className={styles.rules}>
        {sbi.rules.map((rule) => (
          <li key={rule.en}>{t(rule)}</li>
        ))}
      </ul>
      {fields.map((field) => {
        const step = sbi.steps.find((one) => one.key === field);
        if (step === undefined) return null;
        const isMissing = tried && words[field].trim() === '';
        return (
          <TextField
            key={field}
            label={t(step.label)}
            hint={t(step.help)}
            value={words[field]}
            onChange={(value) => setWords((before) => ({ ...before, [field]: value }))}
            required
            maxLength={2000}
            {...(isMissing ? { problem: t(followUpTexts.fieldNeeded) } : {})}
          />
        );
      })}
      <WhileWriting text={fields.map((field) => words[field]).join('\n')} />
      <ProblemNotice problem={add.problem} onRetry={add.again} />
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={add.busy}>
          {t(followUpTexts.saveFeedback)}
        </Button>
        <Button onClick={onClose}>{t(shellTexts.cancel)}</Button>
      </div>
    </form>
  );
}
