import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { ArrowSwap20Regular, Delete20Regular } from '@fluentui/react-icons';
import { evidenceTexts as texts } from '@medspill/domain/content/texts/evidence';
import { prepareTexts } from '@medspill/domain/content/texts/prepare';
import type { Evidence, ReviewView } from '@medspill/domain/prepare/contract';
import { isComplete } from '@medspill/domain/prepare/evidence';
import { isSafeLink } from '@medspill/domain/prepare/safe-link';
import { useSay } from '../shell/host-context.tsx';
import { EvidenceWords } from './evidence-list.tsx';
import { TwoTexts } from './two-texts.tsx';
import type { Sources } from './use-evidence-sources.ts';

const useStyles = makeStyles({
  item: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    margin: 0,
    minWidth: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  two: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(12rem, 100%), 1fr))',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  words: { display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
  },
  mark: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})`, marginInlineEnd: 'auto' },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
});

type Props = {
  item: Evidence;
  review: ReviewView;
  sources: Sources;
  readOnly: boolean;
  /** What another device has written in it, where it differs. */
  other: Evidence | undefined;
  onChange: (item: Evidence | undefined) => void;
  onSettle: (which: 'mine' | 'other') => void;
};

/** One item of the own tray: its words, where it belongs, and its author's word that it may be read. */
export function EvidenceItem({ item, review, sources, readOnly, other, onChange, onSettle }: Props) {
  const styles = useStyles();
  const t = useSay();
  const elsewhere = item.under === 'strength' ? 'improvement' : 'strength';
  const name = nameOf(item) === '' ? t(texts[item.kind]) : nameOf(item);
  const complete = isComplete(item);
  return (
    <fieldset className={styles.item} aria-label={name}>
      <ItemFields item={item} review={review} sources={sources} readOnly={readOnly} onChange={onChange} />
      {!complete && (
        <Text size={200} className={styles.warn} role="status">
          {t(texts.unfinished)}
        </Text>
      )}
      <div className={styles.foot}>
        <Checkbox
          className={styles.mark}
          checked={item.ready}
          disabled={readOnly || !complete}
          label={t(prepareTexts.markReady)}
          aria-label={t(prepareTexts.markReadyOf, { question: name })}
          onChange={(_, data) => onChange({ ...item, ready: data.checked === true })}
        />
        {!readOnly && (
          <>
            <Button
              appearance="subtle"
              icon={<ArrowSwap20Regular />}
              aria-label={t(texts.moveItem, { heading: t(texts[elsewhere]), item: name })}
              onClick={() => onChange({ ...item, under: elsewhere })}
            >
              {t(texts.move)}
            </Button>
            <Button
              appearance="subtle"
              icon={<Delete20Regular />}
              aria-label={t(texts.removeItem, { item: name })}
              onClick={() => onChange(undefined)}
            >
              {t(texts.remove)}
            </Button>
          </>
        )}
      </div>
      {other !== undefined && (
        <TwoTexts other={[t(texts[other.kind]), ...wordsOf(other)].join(' – ')} onSettle={onSettle} />
      )}
    </fieldset>
  );
}

type FieldsProps = Pick<Props, 'item' | 'review' | 'sources' | 'readOnly' | 'onChange'>;

function ItemFields({ item, review, sources, readOnly, onChange }: FieldsProps) {
  const styles = useStyles();
  const t = useSay();
  switch (item.kind) {
    case 'figure':
      return (
        <div className={styles.two}>
          <Field label={t(texts.figureLabel)}>
            <Input
              value={item.label}
              readOnly={readOnly}
              maxLength={80}
              onChange={(_, { value }) => onChange({ ...item, label: value })}
            />
          </Field>
          <Field label={t(texts.figureValue)}>
            <Input
              value={item.value}
              readOnly={readOnly}
              maxLength={80}
              onChange={(_, { value }) => onChange({ ...item, value })}
            />
          </Field>
        </div>
      );
    case 'quote':
      return (
        <>
          <Field label={t(texts.quoteWords)}>
            <Textarea
              value={item.text}
              readOnly={readOnly}
              resize="vertical"
              textarea={{ rows: 2, maxLength: 1000 }}
              onChange={(_, { value }) => onChange({ ...item, text: value })}
            />
          </Field>
          <Field label={t(texts.quoteCustomer)}>
            <Input
              value={item.customer}
              readOnly={readOnly}
              maxLength={120}
              onChange={(_, { value }) => onChange({ ...item, customer: value })}
            />
          </Field>
        </>
      );
    case 'link': {
      const wrong = item.url.trim() !== '' && !isSafeLink(item.url);
      return (
        <>
          <Field label={t(texts.linkTitle)}>
            <Input
              value={item.title}
              readOnly={readOnly}
              maxLength={120}
              onChange={(_, { value }) => onChange({ ...item, title: value })}
            />
          </Field>
          <Field
            label={t(texts.linkAddress)}
            hint={t(texts.linkHint)}
            {...(wrong ? { validationMessage: t(texts.linkWrong), validationState: 'error' as const } : {})}
          >
            <Input
              type="url"
              value={item.url}
              readOnly={readOnly}
              maxLength={2000}
              onChange={(_, { value }) => onChange({ ...item, url: value.trim() })}
            />
          </Field>
        </>
      );
    }
    default:
      return (
        <div className={styles.words}>
          <EvidenceWords item={item} review={review} sources={sources} />
        </div>
      );
  }
}

function nameOf(item: Evidence): string {
  return wordsOf(item)[0]?.trim().slice(0, 60) ?? '';
}

function wordsOf(item: Evidence): string[] {
  switch (item.kind) {
    case 'figure':
      return [item.label, item.value];
    case 'quote':
      return [item.text, item.customer];
    case 'link':
      return [item.title, item.url];
    default:
      return [];
  }
}
