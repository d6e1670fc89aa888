import { mostEarlier } from '../../contract/form.ts';
import { keep, recall } from './memory.ts';

/** A receipt that this browser keeps, with what its owner recognises it by. */
export type KeptReceipt = { receipt: string; headline: string; language: string; sentAt: string };

const name = 'stet.receipts';
const most = 100;

/** The receipts of this browser, the latest first. */
export function recallReceipts(): KeptReceipt[] {
  try {
    const kept: unknown = JSON.parse(recall('localStorage', name) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isReceipt) : [];
  } catch {
    return [];
  }
}

/** The latest receipts as the field `earlier` carries them. Whoever is warned, slowed or suspended is known again by them;
 *  the server compares and keeps none. */
export function showReceipts(): string {
  return recallReceipts()
    .slice(0, mostEarlier)
    .map(({ receipt }) => receipt)
    .join(' ');
}

/** Keeps one more; the oldest go when there are over a hundred. False where the browser keeps nothing. */
export function keepReceipt(receipt: KeptReceipt): boolean {
  const others = recallReceipts().filter((other) => other.receipt !== receipt.receipt);
  return keep('localStorage', name, JSON.stringify([receipt, ...others].slice(0, most)));
}

/** Forgets one in this browser; whoever has it elsewhere can still use it. */
export function forgetReceipt(receipt: string): void {
  keep('localStorage', name, JSON.stringify(recallReceipts().filter((other) => other.receipt !== receipt)));
}

function isReceipt(value: unknown): value is KeptReceipt {
  if (typeof value !== 'object' || value === null) return false;
  return ['receipt', 'headline', 'language', 'sentAt'].every((field) => typeof Reflect.get(value, field) === 'string');
}
