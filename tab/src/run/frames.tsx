import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { wordingTexts } from '@medspill/domain/content/texts/wording';
import { Disclosure } from '../prepare/disclosure.tsx';
import { message } from '../prepare/message.ts';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  lines: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalS,
    textWrap: 'pretty',
  },
});

const lines = ['not_discipline', 'customer_hint', 'third_party_hint', 'whistle_hint'] as const;

/** At the start of the meeting: no recording, and what the form is for. */
export function Frames() {
  const styles = useStyles();
  const t = useSay();
  return (
    <>
      <Text as="p" block>
        {t(message('recording_off'))}
      </Text>
      <Disclosure title={t(wordingTexts.frames)}>
        <ul className={styles.lines}>
          {lines.map((line) => (
            <li key={line}>{t(message(line))}</li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}
