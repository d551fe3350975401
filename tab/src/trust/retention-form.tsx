import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { retentionTexts, adminTexts as texts } from '@medspill/domain/content/texts/trust';
import type { Settings } from '@medspill/domain/trust/contract';
import { type Retention, retentionKinds, retentionRules } from '@medspill/domain/trust/retention';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  help: { color: tokens.colorNeutralForeground2 },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 18rem), 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'end',
  },
});

type Typed = Record<keyof Retention, string>;
type Props = { settings: Settings; onSaved: (settings: Settings) => void; onStale: () => void };

export function RetentionForm({ settings, onSaved, onStale }: Props) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const [typed, setTyped] = useState<Partial<Typed>>({});
  const save = useCommand('saveSettings', (saved) => {
    setTyped({});
    announce(t(shellTexts.saved));
    onSaved(saved);
  });
  const typedFor = (kind: keyof Retention) => typed[kind] ?? String(settings.retention[kind]);
  const isWrong = (kind: keyof Retention) => {
    const { least, most } = retentionRules[kind];
    const term = Number(typedFor(kind));
    return !Number.isInteger(term) || term < least || term > most;
  };
  const retention = Object.fromEntries(
    retentionKinds.map((kind) => [kind, Number(typedFor(kind))]),
  ) as Retention;
  return (
    <>
      <Text className={styles.help}>{t(texts.retentionHelp)}</Text>
      <div className={styles.fields}>
        {retentionKinds.map((kind) => {
          const { least, most } = retentionRules[kind];
          const unit = kind.endsWith('Days') ? texts.days : texts.months;
          return (
            <Field
              key={kind}
              label={t(retentionTexts[kind])}
              hint={t(unit, { least, most })}
              {...(isWrong(kind)
                ? { validationState: 'error' as const, validationMessage: t(texts.outside, { least, most }) }
                : {})}
            >
              <Input
                type="number"
                inputMode="numeric"
                min={least}
                max={most}
                value={typedFor(kind)}
                onChange={(_, data) => setTyped({ ...typed, [kind]: data.value })}
              />
            </Field>
          );
        })}
      </div>
      <ProblemNotice problem={save.problem} onRetry={save.problem?.code === 'stale' ? onStale : save.again} />
      <div>
        <Button
          appearance="primary"
          disabledFocusable={save.busy || Object.keys(typed).length === 0 || retentionKinds.some(isWrong)}
          onClick={() => void save.run({ body: { version: settings.version, retention } })}
        >
          {t(texts.save)}
        </Button>
      </div>
    </>
  );
}
