import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { saveStory } from '../../src/record/stories.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, screeningOf } from '../support/deskPage.ts';
import { hostileNames } from '../support/hostile.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { thousandHostile } from '../support/thousandHostile.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const storyText = `<img src=x onerror=alert(1)> {{7*7}} "' <script>alert(1)</script>`;

/** A story that is as hostile as its comments: the publisher's system may have been taken over. */
async function tellStory(): Promise<void> {
  const story = {
    headline: storyText,
    standfirst: storyText,
    byline: storyText,
    published: server.now(),
    tags: [],
    language: 'en',
    dir: 'ltr',
    text: storyText,
    comments: 'open',
    withdrawn: false,
  } as const;
  await saveStory(server.store, { site: 'sample', story: 'taken-over' }, { ...story, at: server.now() });
}

/** Every fourth is looked at as a case; each kind of text comes in a run longer than that. */
const isCase = (index: number): boolean => index % 4 === 0;

/** Holds the texts, each in answer to the one before, so that every text is shown as a case and as what a case answers. */
async function holdAll(texts: readonly string[]): Promise<Map<string, string>> {
  const held = new Map<string, string>();
  const parents: string[] = [];
  for (const [index, text] of texts.entries()) {
    const screening = {
      ...screeningOf(text, { word: text.slice(1, 5), guideline: 'attack', why: storyText }),
      passage: { start: 0, end: storyText.length },
    };
    const parent = parents[index - 1 - (index % 3)];
    const name = hostileNames[index % hostileNames.length] ?? 'Ann';
    const need = (isCase(index) ? 1 : 0.4) - (0.3 * index) / texts.length;
    const options = { name, text, story: 'taken-over', need, screening };
    const id = await holdComment(server, parent === undefined ? options : { ...options, parent });
    held.set(id, text);
    parents.push(id);
  }
  return held;
}

type Seen = { id: string; text: string; strangers: string[]; passage: string | null };

/** Reads what is on the table, decides it by its key, and goes on with the next, so many times, all within the page: asked
 *  from here for each comment, it would be the asking that takes the time. Strangers are elements within somebody's words
 *  (`mark` alone belongs there), elements that a case has none of, and links that lead elsewhere. */
function passOver(page: Page, times: number): Promise<Seen[]> {
  return page.evaluate<Seen[]>(`(async () => {
    const words = '#case-text, #case-heading bdi, .standfirst, blockquote, figcaption bdi, .finding bdi';
    const outlaws = 'script, img, svg, math, iframe, object, embed, form:not(.notes > form), input, style, link, meta, base, video, [onerror]';
    const isKnown = (link) => link.pathname === '/s/sample/taken-over' || link.host === 'translate.example';
    const look = (sheet) => {
      const inside = [...sheet.querySelectorAll(words)].flatMap((of) => [...of.querySelectorAll(':not(mark)')]);
      const links = [...sheet.querySelectorAll('a')].filter((link) => !isKnown(link));
      return {
        id: sheet.dataset.comment,
        text: sheet.querySelector('#case-text').textContent,
        strangers: [...inside, ...sheet.querySelectorAll(outlaws), ...links].map((one) => one.outerHTML),
        passage: sheet.querySelector('.passage blockquote')?.textContent ?? null,
      };
    };
    const ready = (former) => {
      const sheet = document.querySelector('.case-sheet');
      const isNext = sheet && sheet.dataset.comment !== former && document.querySelector('.verdict[aria-busy=false] .approve');
      return isNext ? sheet : document.querySelector('.no-case');
    };
    const changed = (former) => new Promise((resolve) => {
      const watch = new MutationObserver(() => ready(former) && (watch.disconnect(), resolve()));
      watch.observe(document.body, { subtree: true, childList: true, attributes: true });
      if (ready(former)) resolve(watch.disconnect());
    });
    const seen = [];
    while (seen.length < ${times}) {
      const sheet = document.querySelector('.case-sheet');
      if (!sheet) break;
      seen.push(look(sheet));
      for (const key of seen.length % 7 === 0 ? ['r', '3'] : ['a']) {
        const code = key === '3' ? 'Digit3' : 'Key' + key.toUpperCase();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
      }
      await changed(sheet.dataset.comment);
    }
    return seen;
  })()`);
}

/** Opens the list to its end and tells what stands in its lines: the beginning of each text, and elements that belong in none. */
async function readLines(page: Page): Promise<{ texts: string[]; strangers: string[] }> {
  return page.evaluate<{ texts: string[]; strangers: string[] }>(`(async () => {
    const count = () => document.querySelectorAll('.line').length;
    const more = () => document.querySelector('.lines > .more');
    // The list is refreshed meanwhile too, and may grow shorter by what was sorted behind another: no number is waited for.
    const changed = (before) => new Promise((resolve) => {
      const done = () => (watch.disconnect(), resolve());
      const watch = new MutationObserver(() => (!more() || count() !== before) && done());
      watch.observe(document.body, { subtree: true, childList: true });
      setTimeout(done, 2000);
    });
    while (more()) {
      const before = count();
      more().click();
      await changed(before);
    }
    const lines = [...document.querySelectorAll('.line')];
    const within = '.line-text *, bdi *, script, img, svg, math, iframe, object, embed, form, input, style, link, a, [onerror]';
    return {
      texts: lines.map((line) => line.querySelector('.line-text')?.textContent ?? ''),
      strangers: lines.flatMap((line) => [...line.querySelectorAll(within)].map((one) => one.outerHTML)),
    };
  })()`);
}

test('a thousand hostile comments pass over the desk as text: in the list, the case, the thread, the history and the passage', async () => {
  const texts = thousandHostile();
  assert.ok(texts.length >= 1000, String(texts.length));
  await tellStory();
  const held = await holdAll(texts);
  await server.set({ 'desk.translate': 'https://translate.example/?q={text}' });
  const { page, harm } = await arrive(browser, server, { email: 'brave@example.org' });
  const lines = await readLines(page);
  // Those that say nearly the same stand behind one line, as far as they are sorted by now.
  assert.ok(lines.texts.length > 200, String(lines.texts.length));
  assert.deepEqual(lines.strangers, []);
  const beginnings = new Set(texts.map((text) => text.slice(0, 100)));
  for (const text of lines.texts) assert.ok(beginnings.has(text.slice(0, 100)), text);
  await page.reload();
  await page.locator('.lines:not([aria-busy=true]) .line').first().waitFor();
  await page.keyboard.press('n');
  await page.locator('.verdict[aria-busy=false] .approve').waitFor();
  const left = new Set([...held.keys()].filter((_, index) => isCase(index)));
  while (left.size > 0) {
    const seen = await passOver(page, Math.min(left.size, 50));
    assert.ok(seen.length > 0, `${left.size} never came`);
    for (const { id, text, strangers, passage } of seen) {
      assert.equal(text, held.get(id));
      assert.deepEqual(strangers, [], text.slice(0, 80));
      assert.equal(passage, storyText.replaceAll('*', ''));
      left.delete(id);
    }
  }
  assert.deepEqual(harm, []);
});
