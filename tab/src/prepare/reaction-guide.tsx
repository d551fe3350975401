// Bundled with the page: opening a card asks nothing of the network and leaves no trace anywhere (capability 47).
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { presence } from '@medspill/domain/content/sections/conversation';
import { reactions, reactionsIntro } from '@medspill/domain/content/sections/reactions';
import type { Text as CatalogueText } from '@medspill/domain/content/text';
import { prepareTexts as texts } from '@medspill/domain/content/texts/prepare';
import { useSay } from '../shell/host-context.tsx';
import { Disclosure } from './disclosure.tsx';

const useStyles = makeStyles({
  guide: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  parts: { margin: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  term: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  words: { margin: 0 },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

export function ReactionGuide() {
  const styles = useStyles();
  const t = useSay();
  return (
    <div className={styles.guide}>
      <Text as="p" block>
        {t(reactionsIntro)}
      </Text>
      {reactions.map((card) => (
        <Disclosure key={card.key} title={t(card.title)}>
          <dl className={styles.parts}>
            <Part term={texts.mayMean} words={card.may_mean} />
            <Part term={texts.firstMinute} words={card.first_minute} />
            <div>
              <dt className={styles.term}>{t(texts.say)}</dt>
              <dd className={styles.words}>
                <ul className={styles.list}>
                  {card.say.map((line) => (
                    <li key={line.en}>{t(line)}</li>
                  ))}
                </ul>
              </dd>
            </div>
            <Part term={texts.avoid} words={card.avoid} />
            <Part term={texts.afterwards} words={card.then} />
            <Part term={texts.inRecord} words={card.record} />
            <Part term={texts.pauseWhen} words={card.pause_when} />
          </dl>
        </Disclosure>
      ))}
      <Disclosure title={t(texts.presence)} aside={<Text size={200}>{t(texts.presenceHelp)}</Text>}>
        <ol className={styles.list}>
          {presence.map((line) => (
            <li key={line.en}>{t(line)}</li>
          ))}
        </ol>
      </Disclosure>
    </div>
  );
}

function Part({ term, words }: { term: CatalogueText; words: CatalogueText }) {
  const styles = useStyles();
  const t = useSay();
  return (
    <div>
      <dt className={styles.term}>{t(term)}</dt>
      <dd className={styles.words}>{t(words)}</dd>
    </div>
  );
}
