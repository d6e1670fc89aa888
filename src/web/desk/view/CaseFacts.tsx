import type { VNode } from 'preact';
import type { QueueRow } from '../shapes.ts';
import { AuthorHistory } from './AuthorHistory.tsx';
import { NameControl } from './NameControl.tsx';
import { ReaderControl } from './ReaderControl.tsx';
import { useDesk } from './useDesk.ts';

/** How much of the SHA-256 is shown: enough to compare by eye, the whole stands in the title. */
const shortDigits = 12;

/** What is known of the author here, and the text's fingerprint. */
export function CaseFacts({ row }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  const { sha256 } = row;
  return (
    <section class="facts" aria-labelledby="facts-title">
      <h3 id="facts-title">{words('author.title')}</h3>
      <AuthorHistory row={row} />
      <ReaderControl row={row} />
      <NameControl row={row} />
      {sha256 !== null && (
        <p class="faint small">
          {words('case.fingerprint')}{' '}
          <code dir="ltr" title={sha256}>
            {sha256.slice(0, shortDigits)}
          </code>
        </p>
      )}
    </section>
  );
}
