import assert from 'node:assert/strict';
import { waitUntil } from './folders.ts';
import type { TestServer } from './server.ts';

type Heard = { name: string; data: Record<string, unknown> };

/** Somebody who listens to a desk over HTTP, as a browser does. */
export type Listener = {
  /** Everything heard so far. */
  heard: readonly Heard[];
  /** Waits for an event of this name that fits, from the `from`th on. */
  hear(name: string, fits?: (data: Heard['data']) => boolean, from?: number): Promise<Heard['data']>;
  hasEnded: () => boolean;
  leave(): void;
};

/** Opens the stream of a site's desk and listens in the background. */
export async function listenToDesk(
  server: TestServer,
  headers: Record<string, string>,
  site = 'sample',
): Promise<Listener> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const response = await server.fetch(`/api/v1/desk/sites/${site}/events`, { headers, signal });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  const heard: Heard[] = [];
  let ended = false;
  const read = async (): Promise<void> => {
    let text = '';
    try {
      for await (const chunk of response.body ?? []) {
        text += new TextDecoder().decode(chunk);
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const [, name, data] = /event: (\w+)\ndata: (.*)/.exec(event) ?? [];
          if (name !== undefined && data !== undefined) heard.push({ name, data: JSON.parse(data) });
        }
      }
    } catch {
      // It was left.
    }
    ended = true;
  };
  void read();
  return {
    heard,
    hear: (name, fits = () => true, from = 0) =>
      waitUntil(
        () => heard.slice(from).find((event) => event.name === name && fits(event.data))?.data,
        `${name} in ${JSON.stringify(heard)}`,
      ),
    hasEnded: () => ended,
    leave: () => leaving.abort(),
  };
}

/** A session's cookie, as the header that brings it; of a new sign-in unless its secret is given. */
export async function signInByHttp(
  server: TestServer,
  account: Parameters<TestServer['signIn']>[0] = {},
  given?: string,
): Promise<{ cookie: string }> {
  const secret = given ?? new URL(await server.signIn(account)).hash.slice(1);
  const headers = { 'content-type': 'application/json', origin: server.url };
  const response = await server.fetch('/api/v1/desk/sessions', {
    method: 'POST',
    headers,
    body: JSON.stringify({ secret }),
  });
  assert.equal(response.status, 201);
  return { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}
