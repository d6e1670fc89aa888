import type { VNode } from 'preact';
import type { QueueRow } from '../shapes.ts';
import { CaseThread } from './CaseThread.tsx';
import { useDesk } from './useDesk.ts';

/** The story under which the comment stands, the passage that the comment touches, and the thread around it. */
export function CaseStory({ row }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  const { story, context } = row;
  return (
    <div class="case-story">
      <p class="kicker">{words('case.story')}</p>
      <div lang={story.language} dir={story.dir}>
        <p class="headline">
          <Headline row={row} />
        </p>
        {story.standfirst !== null && <p class="standfirst">{story.standfirst}</p>}
      </div>
      {context && context.passage !== null && (
        <figure class="passage">
          <figcaption>{words('case.passage')}</figcaption>
          <blockquote lang={story.language} dir={story.dir}>
            {context.passage}
          </blockquote>
        </figure>
      )}
      <CaseThread row={row} />
    </div>
  );
}

// The headline is the publisher's; its address came from the publisher too and is an http address (contract/story.ts).
function Headline({ row: { story, context } }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  if (!context) return <>{story.headline}</>;
  return (
    <a href={context.storyAddress} target="_blank" rel="noopener noreferrer">
      {story.headline}
      <span class="unseen"> ({words('case.storyOpens')})</span>
    </a>
  );
}
