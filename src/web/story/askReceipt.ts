import type { ReceiptView } from '../../contract/receipt.ts';

export type ReceiptAnswer =
  | { outcome: 'answered'; view: ReceiptView }
  | { outcome: 'refused'; detail: string }
  | { outcome: 'unreachable' };

// The server that this came from: in the widget it is another than the page's.
const here = import.meta.url;

/** Asks what became of a comment (''), or acts on it with its receipt: `/withdraw`, `/appeal`. The receipt travels in the body
 *  alone. Never throws. */
export async function askReceipt(
  act: '' | '/withdraw' | '/appeal',
  body: Record<string, string>,
): Promise<ReceiptAnswer> {
  try {
    const answer = await fetch(new URL(`/api/v1/receipts${act}`, here), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
      body: JSON.stringify(body),
    });
    const said = (await answer.json()) as ReceiptView & { refusal?: { detail?: string } };
    if (answer.ok) return { outcome: 'answered', view: said };
    return answer.status < 500
      ? { outcome: 'refused', detail: said.refusal?.detail ?? '' }
      : { outcome: 'unreachable' };
  } catch {
    return { outcome: 'unreachable' };
  }
}
