import { html } from '../contract/html.ts';
import { readParameter, type Answer, type Call } from '../contract/http.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { chooseInterface } from '../contract/messages.ts';
import { readOpenness } from '../contract/openness.ts';
import { linkRel } from '../contract/thread.ts';
import { openAssets } from './assets.ts';
import { keepLanguage, readChoices } from './choices.ts';
import type { SiteDeps } from './deps.ts';
import { loadFont } from './fonts.ts';
import { findParent } from './findParent.ts';
import { answerPublicly } from './headers.ts';
import { answerRefusedParameter } from './messagePages.ts';
import { renderComments, type StoryPage } from './storyPage.ts';
import { answerUnreadable, findStoryToRead, findThread, parseStoryRequest } from './storyRequest.ts';
import { ownSize } from './textSize.ts';

/** `GET /s/:site/:story/embed`: the comments of a story with the form, for a frame on the publisher's page; with
 *  `?part=thread` the comments alone, for a page that includes them on its own server. */
export async function getEmbed(deps: SiteDeps, call: Call): Promise<Answer> {
  const answer = await answerEmbed(deps, call);
  // What cannot be included is nothing, and no second page within the first: an include shows its own words then.
  const isPage = call.query['part'] !== 'thread' || answer.outcome !== 'answered' || answer.status < 300;
  return isPage ? answer : { ...answer, body: '' };
}

async function answerEmbed(deps: SiteDeps, call: Call): Promise<Answer> {
  const read = await findStoryToRead(deps, call);
  if (read.outcome !== 'found') return read;
  const { site, story } = read;
  const wanted = parseStoryRequest(call);
  if (wanted.outcome === 'refused') return answerRefusedParameter(deps, call, { site, refusal: wanted.refusal });
  const part = readParameter(call, 'part');
  if (part.outcome === 'refused') return answerRefusedParameter(deps, call, { site, refusal: part.refusal });
  const found = await findThread(deps, story, wanted.value);
  if (!found) return answerUnreadable(deps, call, { site, story });
  const language = chooseInterface(story.language, site.language);
  const page = `${deps.publicUrl}/s/${site.site}/${story.story}`;
  if (part.value === 'thread') {
    const body = found.thread.html
      .replaceAll('href="?', `href="${page}?`)
      .replaceAll('action="/', `action="${deps.publicUrl}/`);
    return answerPublicly(call, { body, language, site });
  }
  const parent = await findParent(deps.store, story, wanted.value.reply);
  const body = renderEmbed({
    site,
    story,
    language,
    ...found,
    form: {
      guidelines: await deps.kept.listGuidelines(site.site),
      token: deps.formToken(site.site, story.story, call.now),
      parent,
    },
    choices: keepLanguage(readChoices(call), language, site),
    openness: readOpenness(site, story, call.now),
    publicUrl: deps.publicUrl,
    assetsFolder: deps.assetsFolder,
  });
  return answerPublicly(call, { body, language, site });
}

function renderEmbed(page: StoryPage): string {
  const { site, story, language, choices } = page;
  const address = `/s/${site.site}/${story.story}`;
  const document = html`<!doctype html>
<html lang="${language}" dir="${directionOfLanguage(language)}" class="size-${choices.size ?? ownSize}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${story.headline}</title>
<link rel="canonical" href="${page.publicUrl}${address}">
${loadFont(site)}
${openAssets(page.assetsFolder).loadTags('story')}
</head>
<body class="embed">
<main>
${renderComments(page)}
</main>
</body>
</html>
`;
  return leaveFrame(document.toString(), address);
}

// Orders and further pages open in the frame. What ends on a page that nobody may frame, since it shows a secret or takes a
// statement, opens in a window of its own: a reported comment, a receipt, and a comment by itself with its lasting address; and
// so does an address in a comment, or another site would stand within the story.
function leaveFrame(document: string, address: string): string {
  const opens = 'target="_blank" rel="noopener nofollow"';
  return document
    .replace(/href="\?((?:reply|report|comment)=[^"]*)"(?: rel="nofollow")?/g, `${opens} href="${address}?$1"`)
    .replace(/<a href="(\/(?:s|receipt)\b[^"]*)"/g, `<a ${opens} href="$1"`)
    .replaceAll(`<a rel="${linkRel}"`, `<a target="_blank" rel="${linkRel}"`)
    .replaceAll('<form action="/api/', '<form target="_blank" action="/api/')
    .replace('<form method="post"', '<form method="post" target="_blank"');
}
