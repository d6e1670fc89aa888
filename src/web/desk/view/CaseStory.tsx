import type { VNode } from 'preact';
import { directionOf } from '../../../contract/text.ts';
import type { QueueRow } from '../shapes.ts';
import { useDesk } from './useDesk.ts';

/** The story under which the comment stands, and the comment that it answers. */
export function CaseStory({ row: { story, parent } }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  return (
    <div class="case-story">
      <p class="kicker">{words('case.story')}</p>
      <div lang={story.language} dir={story.dir}>
        <p class="headline">{story.headline}</p>
        {story.standfirst !== null && <p class="standfirst">{story.standfirst}</p>}
      </div>
      {parent && (
        <figure class="parent">
          <figcaption>
            {words('case.answers')} <bdi class="name">{parent.name ?? words('case.nameless')}</bdi>
          </figcaption>
          <blockquote dir={directionOf(parent.text ?? '')}>{parent.text ?? words('case.textGone')}</blockquote>
        </figure>
      )}
    </div>
  );
}
