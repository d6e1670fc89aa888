import { html, type SafeHtml } from '../contract/html.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { withChoices, type Choices } from './choices.ts';
import { loadFont } from './fonts.ts';
import { ownSize, renderSizeControl } from './textSize.ts';

/** What every page of the reader's side is made of. */
export type Page = {
  /** Of the interface: `lang` and `dir` of the document. */
  language: string;
  title: string;
  /** Absent on pages that belong to no site. */
  site?: Site | undefined;
  /** The address of this very page, below the public address, without its choices. */
  path: string;
  /** What the links of the page go on with. */
  choices: Choices;
  /** Whether the page answers a form: a link to another text size would lose it, so that only the script offers one. */
  isAnswer?: boolean;
  /** More for the head; styles and script are among it. */
  head: SafeHtml;
  main: SafeHtml;
  /** Whether search engines may keep it; yes unless it says no. */
  indexed?: boolean;
};

/** The whole document. */
export function renderPage(page: Page): string {
  const { language } = page;
  const { size = ownSize } = page.choices;
  const title = page.site && page.title !== page.site.name ? `${page.title} – ${page.site.name}` : page.title;
  const document = html`<!doctype html>
<html lang="${language}" dir="${directionOfLanguage(language)}" class="size-${size}"${page.choices.size !== undefined && html` data-size-asked`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${page.indexed === false && html`<meta name="robots" content="noindex">`}
${loadFont(page.site)}
${page.head}
</head>
<body>
<a class="skip" href="#main">${translate(language, 'page.skip')}</a>
${renderMasthead(page)}
<main id="main" tabindex="-1">
${page.main}
</main>
${renderFooter(page)}
</body>
</html>
`;
  return document.toString();
}

function renderMasthead({ site, language, path, choices, isAnswer = false }: Page): SafeHtml {
  const control = renderSizeControl({
    ...{ language, isAnswer },
    size: choices.size ?? ownSize,
    address: (size) => withChoices(path, { ...choices, size }),
  });
  const home = site && withChoices(`/s/${site.site}`, choices);
  return html`<header class="masthead">
<div class="bar">
${site && html`<nav aria-label="${translate(language, 'page.allStories')}"><a href="${home}">${translate(language, 'page.allStories')}</a></nav>`}
${control}
</div>
${site && html`<p class="paper"><a href="${home}" lang="${site.language}" dir="auto">${site.name}</a></p>`}
</header>`;
}

function renderFooter({ site, language, choices }: Page): SafeHtml {
  const links: [string, string][] = site
    ? [
        [`/s/${site.site}/guidelines`, translate(language, 'page.guidelines')],
        [`/s/${site.site}/privacy`, translate(language, 'page.privacy')],
        ['/receipt', translate(language, 'page.receipt')],
      ]
    : [];
  return html`<footer class="foot">
<p class="foot-promise">${translate(language, 'page.promise')}</p>
${links.length > 0 && html`<ul class="foot-links">${links.map(([to, words]) => html`<li><a href="${withChoices(to, choices)}">${words}</a></li>`)}</ul>`}
${site && renderFeeds(site, language)}
</footer>`;
}

function renderFeeds({ site }: Site, language: string): SafeHtml {
  const kinds: [string, string][] = [
    ['rss', 'RSS'],
    ['atom', 'Atom'],
    ['json', 'JSON Feed'],
  ];
  return html`<p class="foot-feeds">${translate(language, 'page.feeds')}: ${kinds.map(
    ([kind, name], at) => html`${at > 0 && ' · '}<a href="/s/${site}/feed.${kind}" lang="en" dir="ltr">${name}</a>`,
  )}</p>`;
}
