import { parseExplanation, parseGround } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject, parsed, type JsonObject, type Parsed } from '../contract/json.ts';
import { actorOf } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { listReports, recordDismissal } from '../record/reports.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment, type AllowedOnComment } from './authorise.ts';
import { remove, showDecided } from './decide.ts';

/** 200 with what readers reported about a comment: `{reports}`, open ones first. Nobody's name or address is among it. */
export async function showReports(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const { site, id: comment } = allowed;
  return answerJson(200, { reports: await listReports(store, { site, comment }) });
}

/** Decides open reports of a comment, all of them unless `reports` names some. `uphold` takes the comment down, as a
 *  decision like any other that upholds all of its reports: 201 with it. `dismiss` lets the comment stand: 201 with
 *  `{comment, reports}`; a notice of illegal content asks for an `explanation`. 409 `report_closed` where none is open. */
export async function decideReports(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'report.decide');
  if (allowed.outcome === 'refused') return allowed;
  const { body } = call;
  if (!isObject(body)) return refused('body_malformed');
  if (body['verdict'] === 'uphold') return uphold(store, { ...allowed, now: call.now }, body);
  if (body['verdict'] !== 'dismiss') return refused('verdict_unknown', { field: 'verdict' });
  const reports = parseNamed(body['reports']);
  if (reports.outcome === 'refused') return reports;
  const explanation = parseExplanation(body);
  if (explanation.outcome === 'refused') return explanation;
  const { site, id: comment, account } = allowed;
  const dismissed = await recordDismissal(store, {
    ...{ site, comment, reports: reports.value, explanation: explanation.value },
    ...{ actor: actorOf(account), at: call.now },
  });
  return dismissed.outcome === 'refused' ? dismissed : answerJson(201, { comment, reports: dismissed.reports });
}

async function uphold(store: Store, allowed: AllowedOnComment & { now: Date }, body: JsonObject): Promise<Answer> {
  const ground = parseGround(body, true);
  if (ground.outcome === 'refused') return ground;
  const reports = await listReports(store, { site: allowed.site, comment: allowed.id });
  if (!reports.some(({ state }) => state === 'open')) return refused('report_closed');
  const decided = await remove(store, allowed, ground.value);
  return decided.outcome === 'refused' ? decided : answerJson(201, showDecided(decided));
}

function parseNamed(value: unknown): Parsed<string[] | undefined> {
  if (value === undefined) return parsed(undefined);
  const isList = Array.isArray(value) && value.length > 0 && value.length <= 100 && value.every(isPublicId);
  if (!isList) return refused('field_malformed', { field: 'reports' });
  return parsed([...new Set<string>(value)]);
}
