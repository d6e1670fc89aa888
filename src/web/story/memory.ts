/** What the browser keeps under a name, or null: also where it keeps nothing for us, as in private windows. */
export function recall(storage: 'localStorage' | 'sessionStorage', name: string): string | null {
  try {
    return globalThis[storage].getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text under a name, or forgets the name for null. False where the browser keeps nothing. */
export function keep(storage: 'localStorage' | 'sessionStorage', name: string, value: string | null): boolean {
  try {
    if (value === null) globalThis[storage].removeItem(name);
    else globalThis[storage].setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

/** A kept JSON object, or null where there is none or it is none of ours. */
export function recallObject(storage: 'localStorage' | 'sessionStorage', name: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(recall(storage, name) ?? 'null');
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
