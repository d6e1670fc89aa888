import http from 'node:http';
import https from 'node:https';
import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import { lookupPinned, pinAddress, type Address, type Resolve } from '../dispatch/outbound.ts';

const answerMilliseconds = 10_000;
// A provider's keys are the longest of its answers: some tens of kilobytes.
const answerBytes = 262_144;

/** How the desk asks its identity provider, and nobody else: encrypted, or on this very machine where the issuer is here;
 *  the issuer's own host wherever the operator put it, any other host that its documents name only where all its
 *  addresses are public, so that they lead nobody into the newsroom's network. The name is resolved once and the
 *  connection goes to what was checked; redirects are not followed; an answer ends after ten seconds and 256 KiB. */
export function fetchFrom(issuer: URL, resolve?: Resolve): CustomFetch {
  return async (address, options) => {
    const url = new URL(address);
    if (url.protocol !== 'https:' && url.origin !== issuer.origin) throw new Error('the address is not encrypted');
    const signal = AbortSignal.any([
      AbortSignal.timeout(answerMilliseconds),
      ...(options.signal ? [options.signal] : []),
    ]);
    const limits = { allowPrivate: url.hostname === issuer.hostname, ...(resolve && { resolve }) };
    const pinned = await pinAddress(url, limits, signal);
    if (typeof pinned === 'string') throw new Error(`the address is ${pinned}`);
    return ask(url, pinned, { ...options, signal });
  };
}

function ask(url: URL, pinned: Address, { method, headers, body, signal }: CustomFetchOptions): Promise<Response> {
  // What this client sends is a form or nothing.
  const sent = body instanceof URLSearchParams ? body.toString() : undefined;
  return new Promise((resolve, reject) => {
    const options = {
      method,
      agent: false,
      lookup: lookupPinned(pinned),
      signal,
      maxHeaderSize: 16_384,
      headers: { ...headers, 'accept-encoding': 'identity', connection: 'close', ...lengthOf(sent) },
    };
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > answerBytes) response.destroy(new Error('the answer is too long'));
      });
      response.on('error', reject);
      response.on('end', () => {
        const type = response.headers['content-type'];
        const answered = type === undefined ? {} : { 'content-type': type };
        const status = response.statusCode ?? 0;
        const text = status === 204 || status === 304 ? null : Buffer.concat(chunks);
        resolve(new Response(text, { status, headers: answered }));
      });
    });
    request.on('error', reject);
    request.end(sent);
  });
}

function lengthOf(sent: string | undefined): Record<string, string> {
  return sent === undefined ? {} : { 'content-length': String(Buffer.byteLength(sent)) };
}
