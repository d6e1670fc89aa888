import assert from 'node:assert/strict';
import type { AutomationRow, AutomationView } from '../../src/contract/automation.ts';
import type { TestServer } from './server.ts';

/** The desk as one person uses it. */
export type Person = (path: string, ask?: { method?: string; body?: object }) => Promise<Reply>;
export type Reply = { status: number; body: Record<string, unknown> };

/** Signs a new account in. */
export async function signInAs(
  server: TestServer,
  role: 'moderator' | 'editor' | 'admin',
  site = 'sample',
): Promise<Person> {
  const address = await server.signIn({ site, role, email: `${role}@${site}.example` });
  const [, secret] = address.split('#');
  const headers = { 'content-type': 'application/json', origin: server.url };
  const body = JSON.stringify({ secret });
  const signedIn = await server.fetch('/api/v1/desk/sessions', { method: 'POST', headers, body });
  assert.equal(signedIn.status, 201);
  const [cookie = ''] = String(signedIn.headers.get('set-cookie')).split(';');
  return (path, ask) => send(server, path, { ...ask, headers: { ...headers, cookie } });
}

/** The desk as a program uses it. */
export function asProgram(server: TestServer, token: string): Person {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (path, ask) => send(server, path, { ...ask, headers });
}

async function send(
  server: TestServer,
  path: string,
  { method = 'GET', body, headers }: { method?: string; body?: object; headers: Record<string, string> },
): Promise<Reply> {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const answer = await server.fetch(path, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

export type Receipt = { id: string; receipt: string };

/** Writes a comment as a reader. */
export async function write(
  server: TestServer,
  text: string,
  more: { story?: string; email?: string } = {},
): Promise<Receipt> {
  const { story = 'welcome', ...fields } = more;
  const answer = await server.fetch(`/api/v1/sites/sample/stories/${story}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', text, ...fields }),
  });
  assert.equal(answer.status, 202);
  return (await answer.json()) as Receipt;
}

/** Writes comments and has a person decide them: every second one an attack that is rejected, unless told. */
export async function decideMany(
  server: TestServer,
  person: Person,
  { count, from = 0 }: { count: number; from?: number },
): Promise<void> {
  for (const verdict of ['reject', 'approve'] as const) {
    const comments: { id: string; version: 1 }[] = [];
    for (let number = from; number < from + count; number++) {
      if ((number % 2 === 0) !== (verdict === 'reject')) continue;
      const text =
        verdict === 'reject' ? `You are a stupid idiot, number ${number}.` : `The ferry was late ${number} times.`;
      comments.push({ id: (await write(server, text)).id, version: 1 });
    }
    if (comments.length === 0) continue;
    const body = { comments, verdict, ...(verdict === 'reject' ? { guideline: 'attack' } : {}) };
    const { status, body: answer } = await person('/api/v1/desk/decisions', { method: 'POST', body });
    assert.equal(status, 200);
    assert.ok((answer['results'] as { status: number }[]).every((result) => result.status === 201));
  }
}

export const rules = '/api/v1/desk/sites/sample/automation';

/** The row of a guideline in English. */
export async function rowOf(person: Person, guideline = 'attack', language = 'en'): Promise<AutomationRow | undefined> {
  const { status, body } = await person(rules);
  assert.equal(status, 200);
  const { rows } = body as unknown as AutomationView;
  return rows.find((row) => row.guideline === guideline && row.language === language);
}

/** Switches the rule on for attacks in English, at 0.9, with the precision that is measured. */
export async function switchOn(person: Person): Promise<Reply> {
  const point = (await rowOf(person))?.curve.find(({ threshold }) => threshold === 0.9);
  const body = { guideline: 'attack', language: 'en', threshold: 0.9, precision: point?.precision };
  return person(rules, { method: 'PUT', body });
}
