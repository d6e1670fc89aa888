import { refused, type Refused } from '../contract/refusals.ts';
import { isOpenForComments, type Story } from '../contract/story.ts';

/** Why nothing may be written under the story now, or undefined where it may. Pure. */
export function checkEligibility(story: Story, now: Date): Refused | undefined {
  if (story.withdrawnAt || story.movedTo) return refused('story_gone');
  return isOpenForComments(story, now) ? undefined : refused('comments_closed');
}
