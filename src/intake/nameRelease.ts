import { answerJson, type Answer, type Call, type Handler } from '../contract/http.ts';
import { isSiteKey } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { releaseHours, releaseStatement, speakerFields } from '../contract/reader.ts';
import { refused } from '../contract/refusals.ts';
import { releaseNames } from '../record/speakers.ts';
import { readHolder } from './nameKey.ts';
import type { IntakeTools } from './tools.ts';

/** Gives up every name of a site that a browser's key protects: 200, also where there was none. Whoever holds the key alone
 *  can; what stands published keeps its mark. Also while the site takes no new keys: nobody is held to an old one. */
export function postNameRelease(tools: IntakeTools): Handler {
  return (call) => releaseName(tools, call);
}

async function releaseName({ kept, store }: IntakeTools, call: Call): Promise<Answer> {
  const key = call.params['site'];
  const site = isSiteKey(key) ? await kept.findSite(key) : undefined;
  if (!site) return refused('not_found');
  const { [speakerFields.holder]: written, at } = isObject(call.body) ? call.body : {};
  const field = speakerFields.holder;
  if (typeof written !== 'string' || typeof at !== 'string') return refused('name_unproven', { field });
  const isNow = Math.abs(Date.parse(at) - call.now.getTime()) <= releaseHours * 3_600_000;
  const holder = isNow ? readHolder(written, releaseStatement({ site: site.site, at })) : undefined;
  if (holder === undefined) return refused('name_unproven', { field });
  await releaseNames(store, { site: site.site, holder });
  return answerJson(200, { state: 'free' });
}
