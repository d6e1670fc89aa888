import type { BrowserContext, Page } from 'playwright-core';
import { findBarriers } from './axe.ts';

// These run in the browser, whose types the tests do not have. Widgets have a shadow tree: everything is asked of each tree.
const everything = `function* everything(root = document) {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}
const nameOf = (element) => element.outerHTML.replace(/\\s+/g, ' ').slice(0, 120);
const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
  && !element.closest('[aria-hidden=true], .unseen, .skip') && !getComputedStyle(element).clipPath.startsWith('inset(50%');
`;

const targets = `(() => { ${everything}
  const press = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"], [role=button]';
  const found = [];
  for (const element of everything()) {
    if (!element.matches(press) || !isSeen(element)) continue;
    const rects = [element, element.closest('label')].filter(Boolean).map((part) => part.getBoundingClientRect());
    const [width, height] = ['width', 'height'].map((side) => Math.max(...rects.map((rect) => rect[side])));
    // What stands within a sentence is as high as its line (2.5.8, Inline).
    const sentence = element.matches('a, mark') && getComputedStyle(element).display.startsWith('inline') && element.parentElement.textContent;
    if (sentence && sentence.replace(element.textContent, '').match(/[\\p{L}\\p{N}]/u)) continue;
    if (width < 23.95 || height < 23.95) found.push(Math.round(width * 10) / 10 + ' × ' + Math.round(height * 10) / 10 + ': ' + nameOf(element));
  }
  return found;
})()`;

const cuts = `(() => { ${everything}
  const { clientWidth, scrollWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? ['the page is ' + scrollWidth + ' wide in a window of ' + clientWidth] : [];
  for (const element of everything()) {
    if (!isSeen(element) || element.matches('html, body, option, template, script, style')) continue;
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width < 2 || height < 2) continue;
    const isScrolled = (around) => around && (/auto|scroll/.test(getComputedStyle(around).overflowX) || isScrolled(around.parentElement));
    if ((left < -1 || right > clientWidth + 1) && !isScrolled(element.parentElement)) found.push('outside of the window: ' + nameOf(element));
    const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
    // The beginning of what is there in full elsewhere.
    if (textOverflow === 'ellipsis' || webkitLineClamp !== 'none') continue;
    const isCut = (way, inside, outside) => /hidden|clip/.test(way) && inside > outside + 2;
    if (isCut(overflowX, element.scrollWidth, element.clientWidth) || isCut(overflowY, element.scrollHeight, element.clientHeight))
      if (!element.matches('input, textarea, select')) found.push('cut off: ' + nameOf(element));
  }
  return found;
})()`;

const spacing = `(() => { ${everything}
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  const trees = [document, ...[...everything()].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
  for (const tree of trees) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
  globalThis.putSpacingBack = () => { for (const tree of trees) tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((own) => own !== sheet) };
})()`;

/** What can be pressed and is smaller than 24 by 24 CSS pixels (WCAG 2.2, 2.5.8), links within a sentence excepted: one line
 *  for each, with its size. */
function findSmallTargets(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(targets);
}

/** What is cut off or reaches out of the window sideways (1.4.10): one line for each. */
function findCuts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(cuts);
}

/** Everything that stands in somebody's way on a page as it is now: what axe finds; and in a window of 320 pixels, which is
 *  400 % zoom, what is too small to press or cut off, also with the text spaced as a reader may (1.4.12). `within` keeps axe
 *  to one part of the page. */
export async function findObstacles(page: Page, within?: string): Promise<string[]> {
  const found = await findBarriers(page, { within });
  return [...found, ...(await findTightPlaces(page))];
}

/** The same without axe: what its size decides, and not its names or colours. */
export async function findTightPlaces(page: Page): Promise<string[]> {
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ width: 320, height: 640 });
  const found = (await findSmallTargets(page)).map((line) => `too small to press: ${line}`);
  found.push(...(await findCuts(page)));
  await page.evaluate(spacing);
  found.push(...(await findCuts(page)).map((line) => `with spaced text: ${line}`));
  await page.evaluate('putSpacingBack()');
  await page.setViewportSize(size);
  return found;
}

/** Lengthens the waits of a page's own code: a form sends without its notice when the machine's look at the text takes longer than
 *  1.5 s, and on a busy machine it does. */
export async function makePatient(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript(`{
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (milliseconds) => timeout(milliseconds * 20);
  }`);
  return context;
}
