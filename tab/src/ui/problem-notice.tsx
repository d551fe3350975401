import { Button } from '@fluentui/react-components';
import { refusalTexts } from '@medspill/domain/content/texts/refusals';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { useState } from 'react';
import { currentSignIn } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { mayPass } from '../client/problem.ts';
import { type Say, useSay } from '../shell/host-context.tsx';
import { Notice } from './notice.tsx';

export function problemText(problem: Problem, t: Say): string {
  switch (problem.code) {
    case 'offline':
      return t(shellTexts.noNetwork);
    case 'unavailable':
      return t(shellTexts.unavailable);
    case 'fault':
      return t(shellTexts.fault, { id: problem.requestId });
    case 'sign_in_failed':
      return t(shellTexts.signInFailed);
    default:
      return t(refusalTexts[problem.code] ?? shellTexts.unavailable);
  }
}

type Props = {
  problem: Problem | undefined;
  /** Does again what met the problem; called by itself when the person has consented or confirmed. */
  onRetry?: () => void;
};

/** What went wrong and the one step that mends it. */
export function ProblemNotice({ problem, onRetry }: Props) {
  const t = useSay();
  const [step, setStep] = useState<'waiting' | 'failed'>();
  if (problem === undefined) return null;

  const ask = async (what: () => Promise<void>) => {
    setStep('waiting');
    try {
      await what();
      setStep(undefined);
      onRetry?.();
    } catch {
      setStep('failed');
    }
  };
  const isStep = problem.code === 'consent_required' || problem.code === 'interaction_required';
  return (
    <Notice
      intent={isStep ? 'info' : mayPass(problem) ? 'warning' : 'error'}
      actions={
        <>
          {problem.code === 'consent_required' && (
            <Button
              appearance="primary"
              disabledFocusable={step === 'waiting'}
              onClick={() => ask(async () => currentSignIn()?.consent(problem.scopes))}
            >
              {step === 'waiting' ? t(shellTexts.stepOpen) : t(shellTexts.giveConsent)}
            </Button>
          )}
          {problem.code === 'interaction_required' && (
            <Button
              appearance="primary"
              disabledFocusable={step === 'waiting'}
              onClick={() => ask(async () => currentSignIn()?.confirmIdentity(problem.claims))}
            >
              {step === 'waiting' ? t(shellTexts.stepOpen) : t(shellTexts.confirmIdentity)}
            </Button>
          )}
          {!isStep && onRetry !== undefined && mayRetry(problem) && (
            <Button onClick={onRetry}>{t(shellTexts.tryAgain)}</Button>
          )}
        </>
      }
    >
      {step === 'failed' ? t(shellTexts.stepFailed) : problemText(problem, t)}
    </Notice>
  );
}

function mayRetry(problem: Problem): boolean {
  return mayPass(problem) || problem.code === 'sign_in_failed' || problem.code === 'not_signed_in';
}
