import { html as xml, type SafeHtml } from '../contract/html.ts';
import { readNumber, type Answer, type Call } from '../contract/http.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { countAddresses, listAddresses, type PublicAddress } from '../record/published.ts';
import type { Store } from '../record/store.ts';
import { answerPage, makePage, type Page } from './page.ts';
import { everySite, type PageCache } from './pageCache.ts';
import { finishXml } from './xml.ts';

/** The most addresses of one sitemap (sitemaps.org, "Sitemap index"). */
const mostAddresses = 50_000;

type Deps = { store: Store; cache: PageCache; publicUrl: string; mostAddresses?: number };

/** `/sitemap.xml`: every page of every site; past 50,000 of them an index of `/sitemap.xml?page=1` and so on. */
export async function answerSitemap(deps: Deps, call: Call): Promise<Answer> {
  const page = readNumber(call, 'page', { least: 0, most: 100_000, standard: 0 });
  if (page.outcome === 'refused') return page;
  const wanted = { group: everySite, name: `sitemap ${page.value}`, keep: true };
  const known = deps.cache.find(wanted.group, wanted.name, call.now.getTime());
  const made = known ?? (await deps.cache.make(wanted, () => load(deps, page.value)));
  return made.outcome === 'made' ? answerPage(made, call.headers['if-none-match']) : made;
}

async function load(
  { store, publicUrl, mostAddresses: most = mostAddresses }: Deps,
  page: number,
): Promise<Page | Refused> {
  const pages = Math.ceil((await countAddresses(store)) / most);
  if (page > Math.max(pages, 1)) return refused('not_found');
  if (page === 0 && pages > 1) return finish(writeIndex(publicUrl, pages));
  const skip = (Math.max(page, 1) - 1) * most;
  return finish(writeSitemap(publicUrl, await listAddresses(store, { skip, limit: most })));
}

function finish(root: SafeHtml): Page {
  return makePage({ body: finishXml(root), contentType: 'application/xml; charset=utf-8', value: undefined });
}

function writeIndex(publicUrl: string, pages: number): SafeHtml {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  return xml`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${numbers.map(
  (number) => xml`<sitemap><loc>${publicUrl}/sitemap.xml?page=${number}</loc></sitemap>
`,
)}</sitemapindex>`;
}

function writeSitemap(publicUrl: string, addresses: readonly PublicAddress[]): SafeHtml {
  return xml`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${addresses.map(
  (
    address,
  ) => xml`<url><loc>${publicUrl}${pathOf(address)}</loc>${address.changedAt && xml`<lastmod>${address.changedAt.toISOString()}</lastmod>`}</url>
`,
)}</urlset>`;
}

const paths: Record<PublicAddress['kind'], (name: string) => string> = {
  site: () => '',
  guidelines: () => '/guidelines',
  tag: (name) => `/tags/${encodeURIComponent(name)}`,
  story: (name) => `/${name}`,
};

function pathOf({ kind, site, name }: PublicAddress): string {
  return `/s/${site}${paths[kind](name)}`;
}
