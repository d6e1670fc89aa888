import { translate, translateCount } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { storyAddress, type Story } from '../contract/story.ts';
import { commentLink } from '../contract/thread.ts';
import { oneLine, sayDay } from './letter.ts';

/** What a mail about replies is made of: published ones alone. */
type RepliesFacts = {
  replies: readonly { id: string }[];
  story: Story;
  site: Site;
  language: string;
  deleteAfter: Date;
  publicUrl: string;
  stop: string;
};

const mostLinks = 20;

/** Subject and text of the mail that tells an author how many replies were published, and where they stand. Neither a text
 *  nor a name of a reader is in it (threats.md S-MAIL-1). Pure. */
export function writeReplies(facts: RepliesFacts): { subject: string; text: string } {
  const { replies, story, site, language, deleteAfter, publicUrl, stop } = facts;
  const values = { site: oneLine(site.name), headline: oneLine(story.headline), day: sayDay(deleteAfter) };
  // A story of ours stands below our own address, one that is known by its address alone at that.
  const page = new URL(storyAddress(story), publicUrl).href;
  const lines = [
    translateCount(language, 'mail.replies.text', replies.length, values),
    '',
    ...replies.slice(0, mostLinks).map(({ id }) => `${page}${commentLink(id)}`),
    '',
    translate(language, 'mail.stop'),
    stop,
    '',
    '--',
    translate(language, 'mail.footer', values),
  ];
  return { subject: translate(language, 'mail.replies.subject', values), text: `${lines.join('\n')}\n` };
}
