import { showTime, showTimeWithin, type DateStyle } from '../contract/dates.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { chooseInterface, formsOf, translate } from '../contract/messages.ts';
import { writeDigits } from '../contract/numbers.ts';
import { findLinks, type TextLink } from '../contract/links.ts';
import { readOpenness, type Openness } from '../contract/openness.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { threadWords } from '../contract/threadWords.ts';
import type { WidgetComment, WidgetPage } from '../contract/widget.ts';
import { widgetWords } from '../contract/widgetWords.ts';
import { arrangeThread, type Arranged } from './arrange.ts';
import { speakerKeys } from './fragment.ts';
import { publicComment, type ReadComment, type ReadThread, type ThreadRequest } from './thread.ts';

type About = { site: Site; story: Story; request: ThreadRequest; openness: Openness };

/** A page of comments as the widget gets it: arranged, with its times, marks and sentences in the language of the story, so
 *  that nothing of that has to be loaded by readers. Pure. */
export function makeWidgetPage({ thread }: ReadThread, { site, story, request, openness }: About): WidgetPage {
  const language = chooseInterface(story.language, site.language);
  const dates = { pattern: site.settings['page.date'], timeZone: site.settings['page.timeZone'], language };
  const arranged = arrangeThread(thread.comments, { newestFirst: request.sort === 'newest' });
  return {
    story: story.story,
    language,
    dir: directionOfLanguage(language),
    count: thread.count,
    ...(thread.featured === undefined ? {} : { featured: thread.featured }),
    counted: writeDigits(language, thread.count),
    open: openness.open,
    state: openness.open ? null : sayClosed(openness, dates),
    comments: [
      ...flatten(arranged, { dates, links: site.settings['comments.links'] === 'on' }, { depth: 0, above: null }),
    ],
    next: thread.next,
    ago: dates.pattern === 'relative',
    words: { ...widgetWords(language), ...threadWords(language) },
    news: formsOf(language, 'page.newComments'),
  };
}

/** The page of a story that nobody has sent yet and that readers may be the first to write under (`stories.fromUrl`). */
export function makeEmptyWidgetPage(site: Site, story: Story, now: Date): WidgetPage {
  const thread = { story: story.story, count: 0, comments: [], next: null };
  const openness = readOpenness(site, story, now);
  return makeWidgetPage({ outcome: 'read', thread }, { site, story, openness, request: { sort: 'newest', limit: 1 } });
}

function sayClosed({ until }: Openness, dates: DateStyle): string {
  const { language } = dates;
  if (!until) return translate(language, 'page.commentsClosed');
  return translate(language, 'page.hoursClosed', { date: showTimeWithin(until, dates) });
}

type Look = { dates: DateStyle; links: boolean };
type Place = { depth: number; above: string | null };

function* flatten(
  nodes: readonly Arranged<ReadComment>[],
  look: Look,
  { depth, above }: Place,
): Generator<WidgetComment> {
  const { dates, links } = look;
  for (const { comment, replies } of nodes) {
    yield {
      ...publicComment(comment),
      depth,
      shown: showTime(new Date(comment.publishedAt), dates),
      ...markOf(comment, dates.language),
      ...(comment.featured ? { featuredAs: translate(dates.language, 'thread.featured') } : {}),
      ...(comment.parentId !== above && comment.parentName !== null ? { answers: comment.parentName } : {}),
      ...(links ? linksOf(comment) : {}),
    };
    yield* flatten(replies, look, { depth: depth + 1, above: comment.id });
  }
}

function markOf({ byNewsroom, speaker }: ReadComment, language: string): { mark?: string } {
  if (byNewsroom) return { mark: translate(language, 'thread.byNewsroom') };
  return speaker ? { mark: translate(language, speakerKeys[speaker]) } : {};
}

function linksOf({ text }: ReadComment): { links?: readonly TextLink[] } {
  const links = findLinks(text);
  return links.length === 0 ? {} : { links };
}
