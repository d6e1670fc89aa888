import type { WidgetPage } from '../../contract/widget.ts';

/** The addresses of a story at the server that the script came from. */
export type Place = {
  /** An address of the story's API, by the word that it ends with. */
  api(name: 'widget' | 'widget/form' | 'comments' | 'check' | 'form' | 'events'): URL;
  /** The story's page there. */
  page: string;
  /** The token of whoever is signed in on the page around it, asked for anew each time; undefined where it has none. */
  account(): Promise<string | undefined>;
  /** Where readers sign in there. */
  signIn: string | null;
};

/** What a page may set on the element, beside its attributes. */
export type Handed = { account?: unknown };

/** What the element names: a site, and a story by its key, by `url`, or by the address of the page. Undefined where it names
 *  no site. */
export function placeOf(element: HTMLElement & Handed): Place | undefined {
  const site = element.getAttribute('site');
  if (!site) return undefined;
  const key = element.getAttribute('story');
  const url = key ? element.getAttribute('url') : (element.getAttribute('url') ?? addressOfPage());
  const story = key || keyOf(url ?? '');
  const named = new URL(import.meta.url);
  const query = url === null ? '' : `?url=${encodeURIComponent(url)}`;
  const [ofSite, ofStory] = [site, story].map(encodeURIComponent);
  return {
    api: (name) => new URL(`/api/v1/sites/${ofSite}/stories/${ofStory}/${name}${query}`, named),
    page: new URL(`/s/${ofSite}/${ofStory}`, named).href,
    account: () => readAccount(element),
    signIn: element.getAttribute('sign-in'),
  };
}

// A property for pages whose tokens are short-lived: a function is asked for a fresh one before each comment.
async function readAccount(element: HTMLElement & Handed): Promise<string | undefined> {
  try {
    const { account } = element;
    const token: unknown =
      (typeof account === 'function' ? await account() : account) ?? element.getAttribute('account');
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}

/** A page of comments; otherwise as `fetchJson`. */
export async function fetchPage(
  { api }: Place,
  { sort, after }: { sort: string; after?: string },
): Promise<WidgetPage | null | undefined> {
  const address = api('widget');
  if (sort !== 'newest') address.searchParams.set('sort', sort);
  if (after !== undefined) address.searchParams.set('after', after);
  return fetchJson<WidgetPage>(address);
}

/** What an address answers, believed to have its shape; undefined where the server has none of it, null where it was not reached
 *  or is in trouble: there it may be had in a while. No cookie goes along, and nothing that would make the browser ask first. */
export async function fetchJson<Body>(address: URL): Promise<Body | null | undefined> {
  try {
    const answer = await fetch(address, { credentials: 'omit' });
    const body = (await answer.json()) as Body;
    return answer.ok ? body : answer.status < 500 ? undefined : null;
  } catch {
    return null;
  }
}

function addressOfPage(): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]');
  return canonical?.href || location.href;
}

// A story that is named by its address alone needs a key all the same, for the day on which its first comment makes it one.
// The same address always has the same key; where two should ever share one, the server refuses the second.
function keyOf(url: string): string {
  const halves = [0x811c9dc5, 0x9e3779b9].map((start) => {
    let hash = start;
    for (const letter of url) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    return (hash >>> 0).toString(36);
  });
  return `u-${halves.join('-')}`;
}
