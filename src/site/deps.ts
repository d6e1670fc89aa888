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
};

export type SiteDeps = PageDeps & {
  publication: Publication;
  formToken(site: string, story: string, now: Date): string;
  /** Intake's handlers, which end a plain form on `renderReceiptPage`. */
  receiptForms: { postReceipt: Handler; postAppeal: Handler; postWithdrawal: Handler };
};
