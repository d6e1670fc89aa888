import { explanationsOf } from '../contract/explanations.ts';
import { answerJson, readParameter, type Answer, type Call } from '../contract/http.ts';
import { accountFor } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import type { Kept } from '../record/kept.ts';
import { allowOnSite } from './authorise.ts';

/** 200 with the guidelines in force on the sites that one moderates, or on the one asked for:
 *  `{sites: [{site, name, language, translate, lines, guidelines}]}`. `translate` and `lines` are the site's settings
 *  `desk.translate` and `screening.lines`. Each guideline (contract/guideline.ts) comes with `explanations`: sentences for
 *  the author, by language, to begin from. */
export async function showGuidelines(kept: Kept, call: Call): Promise<Answer> {
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  const asked = readParameter(call, 'site');
  if (asked.outcome === 'refused') return asked;
  if (asked.value !== undefined) {
    const allowed = allowOnSite(call, 'queue.read', asked.value);
    if (allowed.outcome === 'refused') return allowed;
  }
  const sites = principal.accounts
    .map(({ site }) => site)
    .filter((site) => accountFor(principal, 'queue.read', site) && (asked.value ?? site) === site);
  if (sites.length === 0) return refused('not_allowed');
  const shown = sites.map(async (key) => {
    const [site, guidelines] = await Promise.all([kept.findSite(key), kept.listGuidelines(key)]);
    return {
      site: key,
      name: site?.name ?? key,
      language: site?.language ?? 'en',
      translate: site?.settings['desk.translate'] ?? '',
      lines: site?.settings['screening.lines'] ?? '',
      guidelines: guidelines.map((guideline) => ({ ...guideline, explanations: explanationsOf(guideline) })),
    };
  });
  return answerJson(200, { sites: await Promise.all(shown) });
}
