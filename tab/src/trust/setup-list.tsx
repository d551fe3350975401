// What an administrator must have granted, each tried, and how to mend what is missing.
import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  permissionKindTexts,
  permissionStateTexts,
  permissionTexts,
  setupTexts as texts,
} from '@medspill/domain/content/texts/trust';
import type { PermissionKind, PermissionState } from '@medspill/domain/trust/permissions';
import { useAnswer } from '../client/use-answer.ts';
import { useDeployment } from '../shell/deployment-context.ts';
import { useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { type Status, StatusBadge } from '../ui/status-badge.tsx';

const useStyles = makeStyles({
  help: { color: tokens.colorNeutralForeground2, maxWidth: '44rem', textWrap: 'pretty' },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  words: { display: 'flex', flexDirection: 'column', flex: '1 1 14rem', minWidth: 0 },
  name: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
});

const looks = { granted: 'good', missing: 'bad', unknown: 'watch' } as const satisfies Record<
  PermissionState,
  Status
>;
const kinds: readonly PermissionKind[] = ['delegated', 'application'];

export function SetupList() {
  const styles = useStyles();
  const t = useSay();
  const setup = useAnswer('readSetup', {});
  return (
    <Section title={t(texts.title)} look="card">
      <Text className={styles.help}>{t(texts.help)}</Text>
      <Reading of={setup}>
        {({ permissions }) => (
          <>
            <Result states={permissions.map(({ state }) => state)} onAgain={setup.reload} />
            {kinds.map((kind) => (
              <div key={kind}>
                <h3 className={styles.heading}>{t(permissionKindTexts[kind])}</h3>
                <ul className={styles.list}>
                  {permissions
                    .filter((one) => one.kind === kind)
                    .map(({ name, state }) => (
                      <li key={name} className={styles.line}>
                        <span className={styles.words}>
                          <Text>{t(permissionTexts[name])}</Text>
                          <span className={styles.name} lang="en">
                            {name}
                          </span>
                        </span>
                        <StatusBadge status={looks[state]} text={t(permissionStateTexts[state])} />
                      </li>
                    ))}
                </ul>
              </div>
            ))}
            <Text className={styles.help}>{t(texts.notTried)}</Text>
          </>
        )}
      </Reading>
    </Section>
  );
}

function Result({ states, onAgain }: { states: PermissionState[]; onAgain: () => void }) {
  const t = useSay();
  const { tenantId, clientId } = useDeployment();
  const consent = `https://login.microsoftonline.com/${tenantId}/adminconsent?client_id=${clientId}`;
  const again = (
    <Button size="small" onClick={onAgain}>
      {t(texts.again)}
    </Button>
  );
  if (states.includes('missing')) {
    return (
      <Notice intent="error" actions={again}>
        {t(texts.missing)}{' '}
        <Link href={consent} target="_blank" rel="noreferrer" inline>
          {t(texts.consent)}
        </Link>
      </Notice>
    );
  }
  if (states.includes('unknown')) {
    return (
      <Notice intent="warning" actions={again}>
        {t(texts.unknown)}
      </Notice>
    );
  }
  return <Notice intent="success">{t(texts.allGranted)}</Notice>;
}
