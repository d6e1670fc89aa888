import type { Handler } from '../contract/http.ts';
import type { Publication } from '../publication/publication.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';

/** What every page is made with. */
export type PageDeps = {
  store: Store;
  kept: Kept;
  /** Without a slash at its end. */
  publicUrl: string;
  /** Where `scripts/build-web.ts` leaves what it builds (`dist/web`). */
  assetsFolder: string;
  /** The public key that browsers are subscribed with; absent: none is offered to be told. */
  pushKey?: string | undefined;
  /** What the button of the identity provider says; absent without one. */
  oidcName?: string | undefined;
  /** The sites whose readers can sign in at a provider. */
  signInSites?: ReadonlySet<string> | undefined;
};

export type SiteDeps = PageDeps & {
  publication: Publication;
  formToken(site: string, story: string, now: Date): string;
  /** Intake's handlers, which end a plain form on `renderReceiptPage`. */
  receiptForms: Record<'postReceipt' | 'postAppeal' | 'postWithdrawal' | 'postSanctionAppeal' | 'postMail', Handler>;
};
