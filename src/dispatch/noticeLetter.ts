import { inLanguage, type Guideline } from '../contract/guideline.ts';
import { translate, type MessageKey } from '../contract/messages.ts';
import { appealDays, type Site } from '../contract/site.ts';
import { addDays } from '../contract/time.ts';
import type { Notice } from '../record/notices.ts';
import { manyLines, oneLine, sayDay, sayTime } from './letter.ts';

/** What a mail to an author is made of. The comment's text is not among it (threats.md S-MAIL-1). */
export type NoticeFacts = {
  kind: 'decision' | 'appeal';
  notice: Notice;
  guideline: Guideline | undefined;
  site: Site;
  language: string;
  deleteAfter: Date;
  publicUrl: string;
  stop: string;
  now: Date;
};

/** Subject and text of the mail that tells an author what was decided, in their language: state, ground, explanation, the
 *  text's SHA-256, where to look, and until when an appeal is taken. The subject names the site alone, since subjects
 *  are shown on locked screens. Undefined where there is nothing to tell. Pure. */
export function writeNotice(facts: NoticeFacts): { subject: string; text: string } | undefined {
  const said = sayWhat(facts);
  if (!said) return undefined;
  const { notice, language, site } = facts;
  const say = sayIn(language);
  const headline = oneLine(notice.headline ?? '');
  const parts = [
    [
      say(said.key, { headline }),
      say('mail.sent', { time: sayTime(notice.submittedAt) }),
      sayDecided(facts, said.decidedAt),
      ...saySource(facts),
    ],
    sayGround(facts),
    said.explanation ? [say('mail.explanation'), manyLines(said.explanation)] : [],
    notice.sha256 ? [say('mail.hash'), notice.sha256] : [],
    [say('mail.look'), `${facts.publicUrl}/receipt`],
    sayAppeal(facts),
    [say('mail.stop'), facts.stop],
    ['--', say('mail.footer', { site: oneLine(site.name), day: sayDay(facts.deleteAfter) })],
  ];
  const subject = say(facts.kind === 'appeal' ? 'mail.appeal.subject' : 'mail.decision.subject', {
    site: oneLine(site.name),
  });
  return {
    subject,
    text: `${parts
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`,
  };
}

type Said = { key: MessageKey; explanation: string | null; decidedAt: Date };

function sayWhat({ kind, notice }: NoticeFacts): Said | undefined {
  if (notice.state === 'erased') return undefined;
  if (kind === 'decision') {
    return { key: `mail.decision.${notice.verdict}`, explanation: notice.explanation, decidedAt: notice.decidedAt };
  }
  const { appeal } = notice;
  if (!appeal || appeal.state === 'open') return undefined;
  return {
    key: `mail.appeal.${appeal.state}`,
    explanation: appeal.explanation,
    decidedAt: appeal.decidedAt ?? notice.decidedAt,
  };
}

// An appeal is always decided by a person (DSA Art. 20(6)), whoever took the decision it is about.
function sayDecided({ kind, notice, language }: NoticeFacts, decidedAt: Date): string {
  const key = kind === 'decision' && notice.automated ? 'mail.decidedAutomated' : 'mail.decided';
  return sayIn(language)(key, { time: sayTime(decidedAt) });
}

// DSA Art. 17(3)(b): whether a notice led to it. Of an appeal's outcome the decision before it has told that.
function saySource({ kind, notice, language }: NoticeFacts): string[] {
  if (kind !== 'decision' || notice.source === null) return [];
  const say = sayIn(language);
  return [`${say('receipt.source')}: ${say(`receipt.source.${notice.source}`)}`];
}

function sayGround({ notice, guideline, site, language, publicUrl }: NoticeFacts): string[] {
  if (!guideline || notice.verdict === 'approve') return [];
  const title = oneLine(inLanguage(guideline.titles, language, site.language));
  const say = sayIn(language);
  return [
    say('mail.guideline', { title, version: guideline.version }),
    `${publicUrl}/s/${site.site}/guidelines/${guideline.key}/${guideline.version}`,
    ...(guideline.law === '' ? [] : [say('mail.illegal', { law: oneLine(guideline.law) })]),
  ];
}

function sayAppeal({ kind, notice, language, now }: NoticeFacts): string[] {
  const until = addDays(notice.decidedAt, appealDays);
  const canAppeal =
    kind === 'decision' && (notice.state === 'rejected' || notice.state === 'removed') && !notice.appeal;
  if (!canAppeal || notice.verdict === 'approve' || until <= now) return [];
  return [sayIn(language)('mail.appealUntil', { time: sayTime(until) })];
}

function sayIn(language: string): (key: MessageKey, values?: Record<string, string | number>) => string {
  return (key, values) => translate(language, key, values);
}
