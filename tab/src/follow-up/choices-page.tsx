import { makeStyles, Switch, tokens } from '@fluentui/react-components';
import { followUpTexts, noticeTexts } from '@medspill/domain/content/texts/follow-up';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import type { ChosenKind } from '@medspill/domain/follow-up/contract';
import { useAnswer } from '../client/use-answer.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Reading } from '../ui/reading.tsx';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
});

const kinds = Object.keys(noticeTexts) as ChosenKind[];

/** Which kinds of notice one gets; each switch is saved as it is turned. */
export function ChoicesPage() {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const choices = useAnswer('readNoticeChoices', {});
  const save = useCommand('saveNoticeChoices', (value) => {
    choices.put(value);
    announce(t(shellTexts.saved));
  });
  return (
    <Page title={t(followUpTexts.choicesTitle)} lead={t(followUpTexts.choicesLead)}>
      <Reading of={choices}>
        {({ off }) => (
          <div className={styles.list}>
            {kinds.map((kind) => (
              <Switch
                key={kind}
                label={t(noticeTexts[kind])}
                checked={!off.includes(kind)}
                onChange={(_, data) => {
                  const others = off.filter((one) => one !== kind);
                  const next = data.checked ? others : [...others, kind];
                  choices.put({ off: next });
                  void save.run({ body: { off: next } }).then((answer) => {
                    if (!answer.ok) choices.put({ off });
                  });
                }}
              />
            ))}
          </div>
        )}
      </Reading>
      <ProblemNotice problem={save.problem} onRetry={save.again} />
    </Page>
  );
}
