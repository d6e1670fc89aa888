import type { CaseContext } from '../contract/case.ts';
import type { QueueRow } from '../contract/desk.ts';
import type { Answer, Call } from '../contract/http.ts';
import { accountFor, reachOf, type Reach } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { isStoryTextUnchanged, listEarlierDecisions, listThreadAround } from '../record/caseContext.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';

export type ContextDeps = { store: Store; kept: Kept };

/** A 200 with one comment, and with what stands around it as its `context`. Every other answer as it is. */
export async function withContext(deps: ContextDeps, { principal }: Call, answering: Promise<Answer>): Promise<Answer> {
  const answer = await answering;
  if (answer.outcome === 'refused' || answer.status !== 200) return answer;
  const row = answer.body as QueueRow;
  const account = principal && accountFor(principal, 'queue.read', row.site);
  if (!account) return refused('not_allowed');
  return { ...answer, body: { ...row, context: await readContext(deps, row, reachOf(account)) } };
}

async function readContext({ store, kept }: ContextDeps, row: QueueRow, reach: Reach): Promise<CaseContext> {
  const { site, id, name, story, parent, screening } = row;
  const named = { site, id, name, story: story.key, parent: parent?.id ?? null };
  const [stored, thread, earlier, isUnchanged] = await Promise.all([
    kept.findStory(site, story.key),
    listThreadAround(store, named),
    listEarlierDecisions(store, reach, named),
    screening?.passage ? isStoryTextUnchanged(store, named) : false,
  ]);
  const passage = isUnchanged && screening?.passage ? cutPassage(stored?.text ?? '', screening.passage) : null;
  return { storyAddress: stored?.url ?? `/s/${site}/${story.key}`, passage, thread, earlier };
}

/** The sentence as readers see it. Story texts are Markdown: its marks would stand in the way of the words. */
function cutPassage(text: string, { start, end }: { start: number; end: number }): string | null {
  const passage = text
    .slice(start, end)
    .replace(/\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/^[#>\s-]+|\*+/g, '')
    .trim();
  return passage === '' ? null : passage;
}
