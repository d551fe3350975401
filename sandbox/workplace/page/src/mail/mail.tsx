import {
  Avatar,
  Badge,
  Body1,
  Button,
  Caption1,
  makeStyles,
  mergeClasses,
  Subtitle1,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AttachRegular, CalendarRegular, MailRegular } from '@fluentui/react-icons';
import type { Letter } from '../../../model.ts';
import { backend, useLoaded } from '../backend.ts';
import { HtmlBody } from '../calendar/html-body.tsx';
import { go, usePlace } from '../location.ts';
import { Waiting } from '../shell/waiting.tsx';
import { useTexts } from '../texts.ts';
import { clockText, shortDayText } from '../time.ts';
import { useWorkday } from '../workday.ts';

const useStyles = makeStyles({
  list: {
    width: '340px',
    flexShrink: 0,
    overflow: 'auto',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: tokens.spacingHorizontalS,
  },
  title: { padding: tokens.spacingHorizontalM },
  letter: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    width: '100%',
    boxSizing: 'border-box',
    textAlign: 'left',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      color: tokens.colorNeutralForeground1Hover,
    },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
  },
  text: { display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  reading: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column', overflow: 'auto' },
  head: {
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  empty: {
    flexGrow: 1,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: tokens.spacingVerticalS,
    color: tokens.colorNeutralForeground2,
  },
});

export function Mail() {
  const styles = useStyles();
  const t = useTexts();
  const { me, locale } = useWorkday();
  const { item } = usePlace();
  const letters = useLoaded(`letters ${me.id}`, () => backend.letters(me.id));
  if (letters.value === undefined) return <Waiting error={letters.error} />;
  const open = letters.value.find((letter) => letter.id === item);
  return (
    <>
      <div className={styles.list}>
        <Subtitle1 as="h1" block className={styles.title}>
          {t('inbox')}
        </Subtitle1>
        {letters.value.map((letter) => (
          <button
            key={letter.id}
            type="button"
            className={mergeClasses(styles.letter, letter === open && styles.chosen)}
            onClick={() => go({ item: letter.id })}
          >
            <Avatar name={letter.from.name} color="colorful" />
            <span className={styles.text}>
              <Text weight="semibold" className={styles.line}>
                {letter.from.name}
              </Text>
              <Body1 className={styles.line}>{letter.subject}</Body1>
              <Caption1>
                {t(`kind_${letter.kind}`)} · {shortDayText(letter.at, me.zone, locale)}{' '}
                {clockText(letter.at, me.zone, locale)}
              </Caption1>
            </span>
            {letter.attachments.length > 0 && <AttachRegular />}
          </button>
        ))}
      </div>
      {open === undefined ? (
        <div className={styles.empty}>
          <MailRegular fontSize={48} />
          <Subtitle2>{t(letters.value.length === 0 ? 'noMail' : 'chooseLetter')}</Subtitle2>
          {letters.value.length === 0 && <Body1>{t('noMailText')}</Body1>}
        </div>
      ) : (
        <Reading letter={open} />
      )}
    </>
  );
}

function Reading({ letter }: { letter: Letter }) {
  const styles = useStyles();
  const t = useTexts();
  const { me, locale } = useWorkday();
  const { appointmentId } = letter;
  return (
    <article className={styles.reading}>
      <div className={styles.head}>
        <Subtitle1 as="h2">{letter.subject}</Subtitle1>
        <div className={styles.row}>
          <Avatar name={letter.from.name} color="colorful" size={40} />
          <div className={styles.text}>
            <Text weight="semibold">{letter.from.name}</Text>
            <Caption1>
              {shortDayText(letter.at, me.zone, locale)} {clockText(letter.at, me.zone, locale)}
            </Caption1>
          </div>
          {appointmentId !== undefined && (
            <Button icon={<CalendarRegular />} onClick={() => go({ view: 'calendar', item: appointmentId })}>
              {t('openInCalendar')}
            </Button>
          )}
        </div>
        {letter.attachments.length > 0 && (
          <div className={styles.row}>
            {letter.attachments.map((attachment) => (
              <Badge key={attachment.name} appearance="outline" size="large" icon={<AttachRegular />}>
                {attachment.name}
              </Badge>
            ))}
          </div>
        )}
        {letter.comment !== undefined && letter.comment !== '' && <Body1>{letter.comment}</Body1>}
      </div>
      <HtmlBody html={letter.bodyHtml} title={letter.subject} />
    </article>
  );
}
