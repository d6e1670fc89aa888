import { routes, type RouteName } from '../contract/routes.ts';

/** What came back from the server. `refused` carries the whole body, since a 409 tells who was first beside the refusal;
 *  `unreachable` means that nobody knows whether the request arrived: the network failed, or the server could not answer. */
export type ApiAnswer<Body> =
  | { outcome: 'answered'; status: number; body: Body }
  | { outcome: 'refused'; status: number; reason: string; detail: string; body: RefusedBody }
  | { outcome: 'unreachable'; retryAfterSeconds: number | undefined };

/** A refusal as contract.md has it, with what some 409 answers carry beside it. */
export type RefusedBody = {
  refusal?: { reason?: string; field?: string; detail?: string };
  decision?: unknown;
  claim?: unknown;
  pending?: unknown;
  measured?: unknown;
};

export type ApiCall = {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | undefined>>;
  body?: object;
  /** Lets the request outlive the page, for what is sent while the tab closes. */
  keepalive?: boolean;
};

/** Longer than any honest answer takes on a slow line, short enough that a moderator learns that the line is dead. */
const patienceMilliseconds = 10_000;

/** Calls a route of contract/routes.ts on the page's own origin, with its session cookie. The body is believed to have
 *  the shape that contract.md gives it. Never throws. */
export async function callApi<Body>(name: RouteName, call: ApiCall = {}): Promise<ApiAnswer<Body>> {
  try {
    const response = await fetch(addressOf(name, call), {
      method: routes[name].method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      headers: { accept: 'application/json', ...(call.body ? { 'content-type': 'application/json' } : {}) },
      ...(call.body ? { body: JSON.stringify(call.body) } : {}),
      ...(call.keepalive ? { keepalive: true } : { signal: AbortSignal.timeout(patienceMilliseconds) }),
    });
    return await readAnswer<Body>(response);
  } catch {
    return { outcome: 'unreachable', retryAfterSeconds: undefined };
  }
}

/** The address of a route with its parameters filled in. */
export function addressOf(name: RouteName, call: Pick<ApiCall, 'params' | 'query'>): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(call.params?.[key] ?? ''));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(call.query ?? {})) if (value !== undefined) query.set(key, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

async function readAnswer<Body>(response: Response): Promise<ApiAnswer<Body>> {
  // 429 as well: the decision is right, only the moment is wrong, so it is sent again like after a lost line.
  if (response.status >= 500 || response.status === 429) {
    return { outcome: 'unreachable', retryAfterSeconds: Number(response.headers.get('retry-after')) || undefined };
  }
  const text = await response.text();
  if (response.ok)
    return { outcome: 'answered', status: response.status, body: (text ? JSON.parse(text) : undefined) as Body };
  const body = readRefusal(text);
  const { reason = 'unknown', detail = '' } = body.refusal ?? {};
  return { outcome: 'refused', status: response.status, reason, detail, body };
}

function readRefusal(text: string): RefusedBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}
