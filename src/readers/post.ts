import http from 'node:http';
import https from 'node:https';

/** A question as JSON to an address that the operator named. */
export type Question = {
  url: string;
  body: string;
  key: string | undefined;
  milliseconds: number;
  signal: AbortSignal;
};

/** Who answered with what, or in a word why nobody did. */
export type Posted = { outcome: 'answered'; status: number; body: string } | { outcome: 'failed'; failure: string };

const mostBytes = 65_536;

/** Posts one question and reads the answer whole. Redirects are not followed, so that a text goes to the address that
 *  was configured and to no other; an answer of more than 64 KiB, a compressed one, one that breaks off, and one that is
 *  not there in time are failures. */
export function postQuestion({ url, body, key, milliseconds, signal }: Question): Promise<Posted> {
  const address = new URL(url);
  const ending = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  return new Promise((resolve) => {
    const fail = (failure: string): void => resolve({ outcome: 'failed', failure });
    const options = {
      method: 'POST',
      agent: false,
      signal: ending,
      maxHeaderSize: 16_384,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'Stet',
        connection: 'close',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
    };
    const request = (address.protocol === 'https:' ? https : http).request(address, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes <= mostBytes) return;
        fail('answer_too_long');
        response.destroy();
      });
      response.on('error', () => fail(ending.aborted ? 'timeout' : 'broken_off'));
      response.on('close', () => {
        if (!response.complete) return fail(ending.aborted ? 'timeout' : 'broken_off');
        if ((response.headers['content-encoding'] ?? 'identity') !== 'identity') return fail('answer_encoded');
        resolve({
          outcome: 'answered',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.on('error', (error) => fail(ending.aborted ? 'timeout' : nameFailure(error)));
    request.end(body);
  });
}

function nameFailure(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'unreachable';
}
