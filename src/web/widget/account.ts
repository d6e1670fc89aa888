import { commentFields } from '../../contract/form.ts';
import { speakerFields } from '../../contract/reader.ts';
import type { WidgetForm } from '../../contract/widgetForm.ts';
import { around, make } from './dom.ts';
import type { Place } from './fetchPage.ts';

/** The account that the publisher's page hands over with a token. */
export type PageAccount = {
  /** Asks the page for its token and shows in the form whose it is. */
  show(): Promise<void>;
  /** The fields of a submission that say so; undefined where the page has nobody. */
  prove(): Record<string, string> | undefined;
};

/** Shows in place of the name who is signed in on the page, or says above it that readers can or must be. The page signs in and
 *  out; the server alone believes a token, and here it is only read. */
export function offerPageAccount(
  form: HTMLFormElement,
  { account, signIn }: Place,
  { required, words }: NonNullable<WidgetForm['account']>,
): PageAccount {
  const field = form.elements.namedItem(commentFields.name);
  const part = field instanceof HTMLElement ? field.closest<HTMLElement>('.field') : null;
  const place = make('div', { part: 'account', role: 'status' });
  part?.before(place);
  let token: string | undefined;

  const draw = (of: string | undefined): void => {
    const name = of === undefined ? undefined : nameIn(of);
    if (part) part.hidden = name !== undefined;
    if (field instanceof HTMLInputElement && name !== undefined) field.value = name;
    if (name !== undefined) return place.replaceChildren(make('p', {}, ...around(words.signedIn, name)));
    const link = signIn === null ? null : make('a', { href: signIn }, words.signIn);
    link?.addEventListener('click', (event) => {
      const asked = new CustomEvent('stet:sign-in', { bubbles: true, composed: true, cancelable: true });
      // A page that signs in without being left says that it takes care of it.
      if (!link.dispatchEvent(asked)) event.preventDefault();
    });
    const sentence = required ? words.required : link && words.optional;
    place.replaceChildren(...(sentence ? [make('p', {}, sentence, ' ', link)] : []));
  };
  const show = async (): Promise<void> => {
    // Where the page has lost its token meanwhile, the server says so: what was shown as an account's is not sent as nobody's.
    const now = (await account()) ?? token;
    if (now !== token) draw((token = now));
  };
  draw(token);
  // Somebody may sign in on the page while the form stands open.
  form.addEventListener('focusin', () => void (token === undefined && show()));
  form.addEventListener('reset', () => queueMicrotask(() => draw(token)));
  return { show, prove: () => (token === undefined ? undefined : { [speakerFields.account]: token }) };
}

/** The name that a token (JWT) carries, believed for being shown only; undefined where it has none. */
function nameIn(token: string): string | undefined {
  try {
    const bytes = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const read = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    const { name } = JSON.parse(read) as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
