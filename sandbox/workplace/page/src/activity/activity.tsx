import {
  Avatar,
  Body1,
  Caption1,
  Link,
  makeStyles,
  Subtitle1,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AlertRegular } from '@fluentui/react-icons';
import type { Notice } from '../../../model.ts';
import { backend } from '../backend.ts';
import { Waiting } from '../shell/waiting.tsx';
import { useTexts } from '../texts.ts';
import { clockText, shortDayText } from '../time.ts';
import { useWorkday } from '../workday.ts';

const useStyles = makeStyles({
  page: {
    flexGrow: 1,
    overflow: 'auto',
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
  },
  list: {
    listStyle: 'none',
    margin: `${tokens.spacingVerticalL} 0 0`,
    padding: 0,
    maxWidth: '720px',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  item: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      color: tokens.colorNeutralForeground1Hover,
    },
  },
  text: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  empty: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalS,
    padding: '96px 0',
    color: tokens.colorNeutralForeground2,
  },
});

export function Activity({ notices }: { notices: Notice[] | undefined }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, locale, follow, attempt } = useWorkday();
  if (notices === undefined) return <Waiting />;
  return (
    <div className={styles.page}>
      <Subtitle1 as="h1" block>
        {t('activity')}
      </Subtitle1>
      {notices.length === 0 ? (
        <div className={styles.empty}>
          <AlertRegular fontSize={48} />
          <Subtitle2 as="h2">{t('noNotices')}</Subtitle2>
          <Body1>{t('noNoticesText')}</Body1>
        </div>
      ) : (
        <ul className={styles.list}>
          {notices.map((notice) => (
            <li key={notice.id} className={styles.item}>
              <Avatar name="Medspill" color="brand" shape="square" />
              <div className={styles.text}>
                <Link
                  as="button"
                  onClick={() => {
                    void attempt(() => backend.readNotice(me.id, notice.id));
                    follow(notice.link);
                  }}
                >
                  <Text weight={notice.isRead ? 'regular' : 'semibold'}>{notice.title}</Text>
                </Link>
                <Body1>{notice.text}</Body1>
              </div>
              <Caption1>
                {shortDayText(notice.at, me.zone, locale)} {clockText(notice.at, me.zone, locale)}
              </Caption1>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
