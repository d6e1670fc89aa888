import type { VNode } from 'preact';
import type { WordsPreview } from '../../../contract/siteWords.ts';
import { tellTime } from '../clock.ts';
import { cutAtFindings } from '../segments.ts';
import { useDesk } from './useDesk.ts';

/** What words would have found: how many comments, and the newest of them. Their texts are text, whatever they hold. */
export function WordsFound({ found }: { found: WordsPreview }): VNode {
  const { words } = useDesk();
  const { looked, hits, silenced, isSample, examples } = found;
  return (
    <>
      <p>
        <strong>{words('words.found', { hits: hits + silenced, looked })}</strong>{' '}
        {isSample && words('words.sample', { looked })}
      </p>
      <ol class="words-examples">
        {examples.map(({ id, text, lang, dir, at, found: spans }) => (
          <li key={id}>
            <p class="faint">{tellTime(at)}</p>
            <p lang={lang} dir={dir}>
              {cutAtFindings(
                text,
                spans.map((span) => ({ ...span, why: '' })),
              ).map(({ text: part, findings }, place) =>
                findings.length > 0 ? <mark key={place}>{part}</mark> : part,
              )}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
