/** The key of a name: in this browser alone, for one site alone. Nobody takes it out, no script either. */
export type NameKey = {
  /** The field of a request that shows that the key signed a statement: `key.signature`, both in base64url. */
  sign(statement: string): Promise<string>;
};

const [database, keys] = ['stet', 'nameKeys'];
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Makes the key of a site, or takes the one that is there. Rejects where the browser keeps nothing for us. */
export async function makeKey(site: string): Promise<NameKey> {
  const known = await recallKey(site);
  if (known) return known;
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  // Another tab may have made one meanwhile: the first stays.
  await inStore('readwrite', (store) => store.add(pair, site)).catch(() => undefined);
  const kept = await recallKey(site);
  if (!kept) throw new Error('this browser keeps no key');
  return kept;
}

/** The key of a site, where there is one. */
export async function recallKey(site: string): Promise<NameKey | undefined> {
  const pair = (await inStore('readonly', (store) => store.get(site))) as CryptoKeyPair | undefined;
  return pair && { sign: (statement) => sign(pair, statement) };
}

/** Forgets it: for good, nobody has it elsewhere. */
export async function forgetKey(site: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(site));
}

async function sign({ privateKey, publicKey }: CryptoKeyPair, statement: string): Promise<string> {
  const [key, signature] = await Promise.all([
    crypto.subtle.exportKey('raw', publicKey),
    crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(statement)),
  ]);
  return `${encode(key)}.${encode(signature)}`;
}

function encode(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function inStore(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(database, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(keys));
  const open = (await settle(opening)) as IDBDatabase;
  try {
    return await settle(act(open.transaction(keys, mode).objectStore(keys)));
  } finally {
    open.close();
  }
}

function settle(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('nothing is kept')));
    request.addEventListener('blocked', () => reject(new Error('another page holds the store')));
  });
}
