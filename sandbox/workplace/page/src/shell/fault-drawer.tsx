import {
  Body1,
  Button,
  Divider,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  Switch,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { backend } from '../backend.ts';
import { type TextKey, useTexts } from '../texts.ts';
import { useWorkday } from '../workday.ts';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalXXL,
  },
  line: { flexGrow: 0 },
});

type Fault = {
  label: TextKey;
  service: 'graph' | 'entra';
  of(person: string): Record<string, unknown>;
};

const faults: Fault[] = [
  { label: 'fault_graph503', service: 'graph', of: () => ({ rules: [{ kind: '503' }] }) },
  {
    label: 'fault_graph429',
    service: 'graph',
    of: () => ({ rules: [{ kind: '429', times: 3, retryAfterSeconds: 2 }] }),
  },
  { label: 'fault_graphLost', service: 'graph', of: () => ({ notificationLoss: 1 }) },
  { label: 'fault_chatLate', service: 'graph', of: () => ({ chatDelayMs: 3_600_000 }) },
  {
    label: 'fault_consent',
    service: 'entra',
    of: (person) => ({ people: { [person]: [{ kind: 'consent_required' }] } }),
  },
  { label: 'fault_mfa', service: 'entra', of: (person) => ({ people: { [person]: [{ kind: 'mfa' }] } }) },
  { label: 'fault_entraDown', service: 'entra', of: () => ({ everyone: [{ kind: 'outage' }] }) },
];

/** All chosen faults as the control interface takes them: lists are joined, the rest is set. */
function chosenFaults(chosen: TextKey[], person: string): Record<string, Record<string, unknown>> {
  const all: Record<string, Record<string, unknown>> = { graph: {}, entra: {} };
  for (const fault of faults.filter((one) => chosen.includes(one.label))) {
    const target = all[fault.service] ?? {};
    for (const [key, value] of Object.entries(fault.of(person))) {
      const before = target[key];
      target[key] = Array.isArray(value) && Array.isArray(before) ? [...before, ...value] : value;
    }
  }
  return all;
}

export function FaultDrawer({ open, close }: { open: boolean; close(): void }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, attempt } = useWorkday();
  const [chosen, setChosen] = useState<TextKey[]>([]);

  function choose(label: TextKey, on: boolean): void {
    const next = on ? [...chosen, label] : chosen.filter((one) => one !== label);
    setChosen(next);
    void attempt(async () => {
      await backend.clearFaults();
      if (next.length > 0) await backend.setFaults(chosenFaults(next, me.id));
    });
  }

  return (
    <OverlayDrawer position="end" open={open} onOpenChange={(_event, data) => !data.open && close()}>
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button appearance="subtle" icon={<DismissRegular />} aria-label={t('close')} onClick={close} />
          }
        >
          {t('advanced')}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody className={styles.body}>
        <Body1>{t('advancedText')}</Body1>
        {faults.map((fault) => (
          <Switch
            key={fault.label}
            label={t(fault.label)}
            checked={chosen.includes(fault.label)}
            onChange={(_event, data) => choose(fault.label, data.checked)}
          />
        ))}
        <Button
          onClick={() => {
            setChosen([]);
            void attempt(backend.clearFaults);
          }}
        >
          {t('clearFaults')}
        </Button>
        <Divider className={styles.line} />
        <Button onClick={() => void attempt(backend.settle, t('settled'))}>{t('settle')}</Button>
        <Button onClick={() => void attempt(backend.kill, t('killed'))}>{t('kill')}</Button>
      </DrawerBody>
    </OverlayDrawer>
  );
}
