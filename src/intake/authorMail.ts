import { mailActs, mailFields, type MailAct, type MailPage, type MailView } from '../contract/authorMail.ts';
import { receiptFields } from '../contract/form.ts';
import { answerHtml, answerJson, readParameter, type Answer, type Call, type Handler } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { chooseInterface } from '../contract/messages.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refused } from '../contract/refusals.ts';
import { appealDays, type Site } from '../contract/site.ts';
import { confirmAddress, findMailStanding, stopMail } from '../record/authorMail.ts';
import { openContact } from '../record/contactSeal.ts';
import { nameAddress } from '../record/mailAddress.ts';
import { refuseReceipt } from './receiptParts.ts';
import { answerReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** Looks up the code of the mail that asks, confirms the address, or ends the mails. Only a POST does either: programs that
 *  open the links of a mail to see what is behind them confirm nothing. */
export function postMail(tools: IntakeTools): Handler {
  return (call) => actWithCode(tools, call, fieldOf(call, mailFields.code));
}

/** As `postMail` without an act, for the field in which receipts and codes are pasted. */
export function postMailCode(tools: IntakeTools): Handler {
  return (call) => actWithCode(tools, call, fieldOf(call, receiptFields.receipt));
}

async function actWithCode(tools: IntakeTools, call: Call, code: unknown): Promise<Answer> {
  const about = tools.mailCodes.open(code);
  const site = about && (await tools.kept.findSite(about.site));
  const act = readAct(call);
  if (act === 'unknown') return refused('field_malformed', { field: mailFields.act });
  if (!site || typeof code !== 'string') return refuseCode(tools, call);
  const done = act && (await doAct(tools, { act, site, comment: about.id, now: call.now }));
  return answerMail(tools, call, { code, about, ...(done && { done }), stops: false });
}

function readAct(call: Call): MailAct | 'unknown' | undefined {
  const act = fieldOf(call, mailFields.act);
  return act === undefined ? undefined : (mailActs.find((known) => known === act) ?? 'unknown');
}

/** The page that the link of every mail leads to: it does nothing by itself. */
export function getMailStop(tools: IntakeTools): Handler {
  return async (call) => {
    const code = call.params['code'] ?? '';
    const about = tools.stopCodes.open(code);
    return about ? answerMail(tools, { ...call, isForm: true }, { code, about, stops: true }) : refuseCode(tools, call);
  };
}

/** Ends the mails about a comment by one POST without a session, whatever its body (RFC 8058). Said twice it is the same. */
export function postMailStop(tools: IntakeTools): Handler {
  return async (call) => {
    const code = call.params['code'] ?? '';
    const about = tools.stopCodes.open(code);
    const site = about && (await tools.kept.findSite(about.site));
    if (!site) return refuseCode(tools, call);
    const done = await doAct(tools, { act: 'stop', site, comment: about.id, now: call.now });
    return answerMail(tools, { ...call, isForm: true }, { code, about, ...(done && { done }), stops: true });
  };
}

type Act = { act: MailAct; site: Site; comment: string; now: Date };

async function doAct(tools: IntakeTools, { act, site, comment, now }: Act): Promise<MailPage['done']> {
  const { store } = tools;
  const named = { site: site.site, comment };
  if (act === 'stop') {
    await stopMail(store, { ...named, at: now, refuses: await findRefusing(tools, { ...named, now }) });
    return 'stopped';
  }
  const replies = act === 'confirm-replies' && site.settings['mail.replies'] === 'on';
  const days = appealDays + site.settings['retention.contactDays'];
  return (await confirmAddress(store, { ...named, replies, at: now, days })) ? 'confirmed' : undefined;
}

// Who says no before ever having said yes is not the one who left the address, or has thought better of it: that address is
// not asked again. Who had confirmed ends the mails about one comment.
async function findRefusing(
  { store, secret }: IntakeTools,
  named: { site: string; comment: string; now: Date },
): Promise<string | undefined> {
  const standing = await findMailStanding(store, named);
  if (!standing?.sealed || standing.isConfirmed) return undefined;
  const owner = { site: named.site, kind: 'comment', id: named.comment } as const;
  const email = openContact(secret, owner, standing.sealed);
  return email === undefined ? undefined : nameAddress(secret, named.site, email);
}

type Ended = Omit<MailPage, 'language' | 'view'> & { about: { site: string; id: string } };

async function answerMail(tools: IntakeTools, call: Call, { about, ...ended }: Ended): Promise<Answer> {
  const { site, id } = about;
  const standing = await findMailStanding(tools.store, { site, comment: id, now: call.now });
  if (!standing) return refuseCode(tools, call);
  const { story, sealed, isConfirmed, wantsReplies } = standing;
  const state: MailView['state'] = sealed === null ? 'stopped' : isConfirmed ? 'confirmed' : 'unconfirmed';
  const view = { site, story, state, replies: wantsReplies };
  if (!call.isForm) return answerJson(ended.done ? 202 : 200, view);
  const lang = readParameter(call, 'lang');
  // The links of a mail name the language that it is written in.
  const named = lang.outcome === 'parsed' ? lang.value : undefined;
  const language = chooseInterface(named, readLanguage(call, 'en'));
  const page = await tools.pages.renderMailPage({ ...ended, view, language });
  return answerHtml(200, page, { 'referrer-policy': 'no-referrer' });
}

async function refuseCode(tools: IntakeTools, call: Call): Promise<Answer> {
  return answerReceipt(tools, call, await refuseReceipt(tools, call, mailFields.code));
}

function fieldOf({ body }: Call, field: string): unknown {
  return isObject(body) ? body[field] : undefined;
}
