import type { VNode } from 'preact';
import { tellTime } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { useDesk } from './useDesk.ts';

/** That the newsroom features a comment, as it stands in the record: by whom, since when. */
export function FeaturedNote({ featured }: Pick<QueueRow, 'featured'>): VNode | null {
  const { words } = useDesk();
  if (featured === null) return null;
  return (
    <section class="decision featured" aria-label={words('feature.title')}>
      <p>
        <strong>{words('feature.title')}</strong> <bdi>{featured.by}</bdi>
        {', '}
        <time dateTime={featured.at}>{tellTime(featured.at)}</time>
      </p>
    </section>
  );
}
