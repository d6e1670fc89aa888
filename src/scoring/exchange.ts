/** The head of a request as this room sees it, without the HTTP library. */
export type Head = {
  method: string;
  /** Without the query, as it was sent. */
  path: string;
  query: Readonly<Record<string, unknown>>;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
};

/** What is answered: a JSON object with its headers. */
export type Reply = { outcome: 'reply'; status: number; headers: Readonly<Record<string, string>>; body: object };

// As Google's service sends them; a score is about somebody's words and is in no cache.
const everyReply = { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'private, no-store' };

/** A reply with the headers that every one has. */
export function makeReply(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return { outcome: 'reply', status, headers: { ...everyReply, ...headers }, body };
}
