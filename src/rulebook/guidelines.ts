import { explanationsOf } from '../contract/explanations.ts';
import {
  type GuidelinesView,
  isGuidelineKey,
  mostGuidelines,
  parseGuidelineDraft,
  parseOrderDraft,
} from '../contract/guidelineDraft.ts';
import { type Answer, answerJson, type Call } from '../contract/http.ts';
import { actorOf } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { findAllowedSite } from '../record/allowedSite.ts';
import { listLatest, listVersions, saveGuideline, saveOrder } from '../record/rulebook.ts';
import type { RulebookDeps } from './rulebook.ts';

/** 200 with a `GuidelinesView`: every guideline in its latest version, retired ones at the end. */
export async function showRulebook(deps: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'rulebook.read');
  return allowed.outcome === 'refused' ? allowed : answerLatest(deps, allowed.site, 200);
}

/** 200 with `{versions: SavedGuideline[]}`, the newest first: who changed what, when. */
export async function showVersions({ store, kept }: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(kept, call, 'rulebook.read');
  if (allowed.outcome === 'refused') return allowed;
  const { guideline } = call.params;
  const versions = isGuidelineKey(guideline) ? await listVersions(store, allowed.site.site, guideline) : [];
  return versions.length === 0 ? refused('not_found') : answerJson(200, { versions });
}

/** Saves a guideline as a new version; 201 with the `GuidelinesView` of after. Retired ones are brought back, and older
 *  versions too, by saving them once more. Refused: `state_moved_on` where somebody saved it meanwhile. */
export async function putGuideline(deps: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'rulebook.write');
  if (allowed.outcome === 'refused') return allowed;
  const { site, account } = allowed;
  const key = call.params['guideline'];
  if (!isGuidelineKey(key)) return refused('field_malformed', { field: 'guideline' });
  const draft = parseGuidelineDraft(call.body, site.language);
  if (draft.outcome === 'refused') return draft;
  const author = { at: call.now, actor: actorOf(account) };
  const saved = await saveGuideline(deps.store, site.site, {
    key,
    draft: draft.value,
    most: mostGuidelines,
    ...author,
  });
  if (saved === 'moved_on') return refused('state_moved_on');
  if (saved === 'too_many') return refused('guidelines_too_many', { values: { most: mostGuidelines } });
  return answerLatest(deps, site, 201);
}

/** Puts the guidelines in force into another order; 200 with the `GuidelinesView` of after. */
export async function putGuidelineOrder(deps: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'rulebook.write');
  if (allowed.outcome === 'refused') return allowed;
  const { site, account } = allowed;
  const order = parseOrderDraft(call.body);
  if (order.outcome === 'refused') return order;
  const author = { at: call.now, actor: actorOf(account) };
  const saved = await saveOrder(deps.store, site.site, { order: order.value, ...author });
  return saved === 'moved_on' ? refused('state_moved_on') : answerLatest(deps, site, 200);
}

async function answerLatest({ store }: RulebookDeps, { site, language }: Site, status: number): Promise<Answer> {
  const latest = await listLatest(store, site);
  const guidelines = latest.map((guideline) => ({ ...guideline, explanations: explanationsOf(guideline) }));
  return answerJson(status, { site, language, guidelines } satisfies GuidelinesView);
}
