import { answerJson, type Handler } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { chooseInterface } from '../contract/messages.ts';
import { parsePushTarget, weighEndpoint } from '../contract/push.ts';
import { refused } from '../contract/refusals.ts';
import { appealDays } from '../contract/site.ts';
import { addDays } from '../contract/time.ts';
import { sealContact } from '../record/contactSeal.ts';
import { deletePush, savePush } from '../record/push.ts';
import { findAuthorsComment } from '../record/receipts.ts';
import { answerReceipt, openReceipt, viewReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** Keeps where the author's browser is told of a decision and of replies, or forgets it (`subscription` null). 202 with the
 *  receipt's view. */
export function postPush(tools: IntakeTools): Handler {
  return async (call) => {
    const opened = await openReceipt(tools, call);
    if (opened.outcome === 'refused') return answerReceipt(tools, call, opened);
    const { site, id } = opened.value;
    const asked = isObject(call.body) ? call.body['subscription'] : undefined;
    if (asked === null) await deletePush(tools.store, { site, comment: id });
    else {
      const ofSite = await tools.kept.findSite(site);
      const target = parsePushTarget(asked);
      if (!target || weighEndpoint(target.endpoint, tools.pushServices) === 'refused')
        return refused('field_malformed', { field: 'subscription' });
      if (ofSite?.settings.push !== 'on') return refused('not_allowed');
      const story = await tools.kept.findStory(site, opened.value.story);
      const saved = await savePush(tools.store, {
        site,
        comment: id,
        sealed: sealContact(tools.secret, { site, kind: 'push', id }, JSON.stringify(target)),
        language: chooseInterface(languageIn(call.body), story?.language, ofSite.language),
        deleteAfter: addDays(call.now, appealDays + ofSite.settings['retention.contactDays']),
      });
      if (!saved) return refused('already_withdrawn');
    }
    const after = await findAuthorsComment(tools.store, site, id);
    if (!after || after.state === 'erased') return refused('receipt_unknown');
    const view = await viewReceipt(tools, call, after);
    return answerJson(202, view);
  };
}

function languageIn(body: unknown): string | undefined {
  const language = isObject(body) ? body['language'] : undefined;
  return typeof language === 'string' ? language : undefined;
}
