import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const source = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Found = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };

/** What axe finds on the page, or `within` the elements that a selector names, against WCAG 2.2 AA and its own best practices: one
 *  line for each fault, none for none. `colours: false` leaves out the contrasts, which take it most of its time and are the same
 *  in every language. */
export async function findBarriers(
  page: Page,
  { within, colours = true }: { within?: string | undefined; colours?: boolean } = {},
): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(await source);
  const context = within === undefined ? 'document' : JSON.stringify({ include: [within] });
  const found = await page.evaluate<Found>(
    `axe.run(${context}, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'], rules: { 'color-contrast': { enabled: ${colours} } } })`,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replaceAll('\n', ' ')}`,
    ),
  );
}
