import type { VNode } from 'preact';
import type { QueueRow } from '../shapes.ts';
import { useDesk } from './useDesk.ts';

/** How much of the SHA-256 is shown: enough to compare by eye, the whole stands in the title. */
const shortDigits = 12;

/** What is known of the author here, and the text's fingerprint. */
export function CaseFacts({ row: { author, sha256 } }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  return (
    <section class="facts" aria-labelledby="facts-title">
      <h3 id="facts-title">{words('author.title')}</h3>
      {author.approved + author.rejected + author.held === 0 ? (
        <p>{words('author.first')}</p>
      ) : (
        <dl>
          <dt>{words('author.approved')}</dt>
          <dd>{author.approved}</dd>
          <dt>{words('author.rejected')}</dt>
          <dd>{author.rejected}</dd>
          <dt>{words('author.held')}</dt>
          <dd>{author.held}</dd>
        </dl>
      )}
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
