import { escapeHtml, html as xml, type SafeHtml } from '../contract/html.ts';
import { finishXml } from './xml.ts';

/** A feed before it takes a form. All texts are plain; all addresses absolute. */
export type Feed = {
  title: string;
  /** The page that the feed is about. */
  home: string;
  /** The feed's own address. */
  self: string;
  language: string;
  updated: Date;
  items: readonly FeedItem[];
};

export type FeedItem = {
  /** Lasting and unique: an address or a urn. */
  id: string;
  url: string;
  title: string;
  author: string;
  published: Date;
  language: string;
  text: string;
  tags: readonly string[];
  /** The word for what the newsroom wrote itself; absent for a reader's comment. */
  byNewsroom?: string;
};

export type FeedForm = 'rss' | 'atom' | 'json';

export const feedTypes: Record<FeedForm, string> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

// Not the npm package `feed`: in 6.0.0 a second `]]>` in a text ends its CDATA section and what follows is markup, `<`
// stands bare in Atom categories, a written `&amp;` comes out as `&`, and JSON Feed has no plain text.
export const feedForms: Record<FeedForm, (feed: Feed) => string> = {
  rss: writeRss,
  atom: writeAtom,
  json: writeJsonFeed,
};

function writeRss(feed: Feed): string {
  return finishXml(xml`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${feed.title}</title>
<link>${feed.home}</link>
<description>${feed.title}</description>
<language>${feed.language}</language>
<lastBuildDate>${feed.updated.toUTCString()}</lastBuildDate>
<generator>Stet</generator>
<atom:link rel="self" type="application/rss+xml" href="${feed.self}"/>
${feed.items.map(writeRssItem)}</channel>
</rss>`);
}

/** A description is HTML by convention, so the text is escaped once for HTML and once more for XML. Title and creator are
 *  text, escaped for XML alone: RSS has no way to say which of both they are, and readers that follow the specification
 *  would show a second escape to people. */
function writeRssItem(item: FeedItem): SafeHtml {
  return xml`<item>
<title>${item.title}</title>
<link>${item.url}</link>
<guid isPermaLink="${String(item.id === item.url)}">${item.id}</guid>
<pubDate>${item.published.toUTCString()}</pubDate>
<dc:creator>${item.author}</dc:creator>
${byNewsroomIn(item, (label) => xml`<category domain="${newsroomScheme}">${label}</category>`)}${item.tags.map(
    (tag) => xml`<category>${tag}</category>
`,
  )}<description>${escapeHtml(item.text).replaceAll('\n', '<br>\n')}</description>
</item>
`;
}

function writeAtom(feed: Feed): string {
  return finishXml(xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">
<id>${feed.home}</id>
<title type="text">${feed.title}</title>
<updated>${writeTime(feed.updated)}</updated>
<generator>Stet</generator>
<link rel="alternate" type="text/html" href="${feed.home}"/>
<link rel="self" type="application/atom+xml" href="${feed.self}"/>
${feed.items.map(writeAtomEntry)}</feed>`);
}

function writeAtomEntry(item: FeedItem): SafeHtml {
  return xml`<entry xml:lang="${item.language}">
<id>${item.id}</id>
<title type="text">${item.title}</title>
<link rel="alternate" type="text/html" href="${item.url}"/>
<published>${writeTime(item.published)}</published>
<updated>${writeTime(item.published)}</updated>
<author><name>${item.author}</name></author>
${byNewsroomIn(item, (label) => xml`<category scheme="${newsroomScheme}" term="newsroom" label="${label}"/>`)}${item.tags.map(
    (tag) => xml`<category term="${tag}"/>
`,
  )}<content type="text">${item.text}</content>
</entry>
`;
}

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
function writeJsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.self,
    language: feed.language,
    items: feed.items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_text: item.text,
      date_published: writeTime(item.published),
      authors: [{ name: item.author }],
      language: item.language,
      ...(item.tags.length === 0 ? {} : { tags: item.tags }),
      // An extension as JSON Feed 1.1 has them: an object under a name with an underscore.
      ...(item.byNewsroom === undefined ? {} : { _stet: { byNewsroom: true } }),
    })),
  });
}

// Names the vocabulary of the one category that only the server sets, so that no tag can be taken for it.
const newsroomScheme = 'urn:stet:author';

function byNewsroomIn({ byNewsroom }: FeedItem, write: (label: string) => SafeHtml): SafeHtml | null {
  return byNewsroom === undefined
    ? null
    : xml`${write(byNewsroom)}
`;
}

/** RFC 3339 without parts of seconds. */
function writeTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
