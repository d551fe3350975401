import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Regular } from '@fluentui/react-icons';
import { signTexts as texts } from '@medspill/domain/content/texts/sign';
import { shortDateTime } from '@medspill/domain/format';
import type { RecordView } from '@medspill/domain/sign/contract';
import { deviceZone } from '../client/clock.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  sign: { color: tokens.colorPaletteGreenForeground1, flexShrink: 0 },
  digest: {
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground2,
  },
});

/** Who has signed and when, and the digest that they signed. */
export function SignatureList({ record }: { record: RecordView }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  if (record.signatures.length === 0) return <Text>{t(texts.noSignatures)}</Text>;
  return (
    <>
      <ul className={styles.list}>
        {record.signatures.map(({ side, name, at }) => (
          <li key={side} className={styles.line}>
            <CheckmarkCircle20Regular className={styles.sign} aria-hidden="true" />
            <Text>{t(texts.signedAt, { name, when: shortDateTime(at, deviceZone(), language) })}</Text>
          </li>
        ))}
      </ul>
      <Text size={200} className={styles.digest}>
        {t(texts.digest)}: {record.digest}
      </Text>
    </>
  );
}
