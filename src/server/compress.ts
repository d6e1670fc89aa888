import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { chooseEncoding, type Encoding } from '../contract/encoding.ts';

// Below it the answer fits into one packet either way.
const leastBytes = 1_024;

/** Sends what is the same for every reader, compressed where the reader's browser takes it. Other answers are not: one that
 *  holds a secret beside words of whoever asked would tell the secret by its length (BREACH). */
export function sendPublic(reply: FastifyReply, body: string | Uint8Array): FastifyReply {
  if (body.length < leastBytes) return reply.send(body);
  const vary = reply.getHeader('vary');
  reply.header('vary', typeof vary === 'string' ? `${vary}, accept-encoding` : 'accept-encoding');
  const accepted = reply.request.headers['accept-encoding'];
  const encoding = typeof accepted === 'string' ? chooseEncoding(accepted) : undefined;
  if (encoding === undefined) return reply.send(body);
  // A strong ETag names bytes; by the weak one the reader is asked whether it has the same page.
  const etag = reply.getHeader('etag');
  if (typeof etag === 'string' && etag.startsWith('"')) reply.header('etag', `W/${etag}`);
  return reply.header('content-encoding', encoding).send(recallCompressed(body, encoding));
}

type Compressed = Partial<Record<Encoding, Buffer>>;

// A page that is made once and sent many times is compressed once as well; it goes with the page.
const known = new WeakMap<Uint8Array, Compressed>();

function recallCompressed(body: string | Uint8Array, encoding: Encoding): Buffer {
  if (typeof body === 'string') return compress(Buffer.from(body), encoding);
  const kept = known.get(body) ?? {};
  known.set(body, kept);
  return (kept[encoding] ??= compress(body, encoding));
}

// Measured on a story with a hundred comments, 194 KB: 17 KB by Brotli 5 in 2.1 ms, 16.6 KB by 9 in 168 ms; 22 KB by gzip 6
// in 1.6 ms. That is as long as the page takes to be made, so it waits for no other thread.
function compress(bytes: Uint8Array, encoding: Encoding): Buffer {
  if (encoding === 'gzip') return gzipSync(bytes, { level: 6 });
  const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: sizeHint } = constants;
  return brotliCompressSync(bytes, { params: { [quality]: 5, [sizeHint]: bytes.length } });
}
