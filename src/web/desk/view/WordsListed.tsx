import type { VNode } from 'preact';
import { readAllowed, readListed, type SiteWord, writeListed } from '../../../contract/siteWords.ts';
import { removeWord } from '../acts/words.ts';
import { accountHere } from '../state.ts';
import { nameLanguage } from '../words.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** The words that are on the site's lists, each with a button that takes it out. */
export function WordsListed(): VNode {
  const { state, words } = useDesk();
  const { values } = state.settings;
  const listed = readListed(values?.['words.listed'] ?? '');
  const allowed = readAllowed(values?.['words.allowed'] ?? '');
  const own = listed.outcome === 'read' ? listed.words : [];
  const silent = allowed.outcome === 'read' ? allowed.words : [];
  return (
    <>
      <h3>{words('setting.words.listed')}</h3>
      {own.length === 0 && <p class="faint">{words('words.none')}</p>}
      <ul class="words-listed">
        {own.map((one) => (
          <li key={writeListed(one)}>
            <Word word={one.word} /> <Kind word={one} />
            <Remove name="words.listed" line={writeListed(one)} word={one.word} />
          </li>
        ))}
      </ul>
      <h3>{words('setting.words.allowed')}</h3>
      {silent.length === 0 && <p class="faint">{words('words.none')}</p>}
      <ul class="words-listed">
        {silent.map(({ word }) => (
          <li key={word}>
            <Word word={word} />
            <Remove name="words.allowed" line={word} word={word} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Word({ word }: { word: string }): VNode {
  return (
    <strong>
      <bdi>{word}</bdi>
    </strong>
  );
}

function Kind({ word }: { word: SiteWord }): VNode {
  const { words } = useDesk();
  return (
    <span class="faint">
      <GuidelineTitle guideline={word.guideline} /> ·{' '}
      {word.language === '*' ? words('words.every') : nameLanguage(word.language)} · {words(`words.${word.strength}`)}
    </span>
  );
}

function Remove({
  name,
  line,
  word,
}: {
  name: 'words.listed' | 'words.allowed';
  line: string;
  word: string;
}): VNode | null {
  const { desk, state, words } = useDesk();
  if (accountHere(state)?.role === 'moderator') return null;
  return (
    <button
      type="button"
      class="quiet"
      aria-label={words('words.remove', { word })}
      disabled={state.settings.busy}
      onClick={() => void removeWord(desk, name, line)}
    >
      ×
    </button>
  );
}
