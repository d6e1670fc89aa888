import type { ReceiptView } from './receipt.ts';
import type { Refusal } from './refusals.ts';
import type { Site } from './site.ts';
import type { Story } from './story.ts';

/** The fields of the comment form, plain or JSON, by what they carry. `trap` is the honeypot: people do not see it
 *  (hidden by style, `tabindex=-1`, `autocomplete=off`, `aria-hidden`) and whoever fills it in is refused. `token` is
 *  asked of plain forms only, `proof` only where the site's `intake.proof` is on. `earlier` are receipts that the browser
 *  keeps, the newest first and apart by spaces: a reader under a sanction by receipt is known again by them, and nothing
 *  is kept of any other. */
export const commentFields = {
  name: 'name',
  text: 'text',
  email: 'email',
  parentId: 'parentId',
  token: 'token',
  trap: 'website',
  proof: 'proof',
  earlier: 'earlier',
} as const;

/** The fields of the forms on the receipt page: `receipt` is the secret, `text` the appeal. */
export const receiptFields = { receipt: 'receipt', text: 'text', sanction: 'sanction' } as const;

/** How many earlier receipts are looked at. */
export const mostEarlier = 40;

/** The longest appeal, in code points. */
export const appealCodePoints = 2000;

/** The header of a JSON submission: 1–200 visible ASCII characters that the browser makes up once for one comment. */
export const idempotencyHeader = 'idempotency-key';

/** How long a form token is taken after its hour began. */
export const formTokenHours = 24;

/** How long the same plain form sent again is the same comment (contract.md). */
export const sameFormMinutes = 10;

/** A quiet proof of work, as `altcha-lib` 2.8 makes and solves it: `solveChallenge({challenge, deriveKey})` with
 *  `altcha-lib/algorithms/web/pbkdf2` (`algorithm` is PBKDF2/SHA-256). The field `proof` carries
 *  `btoa(JSON.stringify({challenge, solution}))`. Each solution is taken once. */
export type ProofChallenge = { parameters: Record<string, unknown>; signature: string };

/** The answer of `GET …/form`: a fresh token, and a challenge where the site asks for a proof. */
export type FormToken = { token: string; challenge?: ProofChallenge };

/** The answer to a submission that is held (202). `receipt` is secret: it belongs neither in an address nor in a log. */
export type HeldAnswer = { id: string; state: 'held'; sha256: string; receipt: string };

/** What a reader had written, to be put back into the form as it came; a field that was no text is ''. */
export type WrittenForm = { name: string; text: string; email: string; parentId: string };

/** The page on which a refused plain form ends: the form again with everything in it, the refusal's sentence, and a
 *  fresh token. `site` and `story` are absent where there are none to show a form for. */
export type RefusedFormPage = {
  refusal: Refusal;
  written: WrittenForm;
  language: string;
  token?: string;
  site?: Site;
  story?: Story;
};

/** The page on which an accepted plain form ends. Its address holds no secret; the receipt stands in the page. */
export type ReceivedPage = { site: Site; story: Story; held: HeldAnswer; language: string };

/** The receipt page of a plain form: the view where the receipt is known, what was just done, or why it was not. The
 *  receipt goes into hidden fields of the forms on the page. */
export type ReceiptPage = {
  receipt: string;
  language: string;
  view?: ReceiptView;
  done?: 'appealed' | 'withdrawn';
  refusal?: Refusal;
};
