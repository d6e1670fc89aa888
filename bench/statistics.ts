// How long the figures of "What happened" take over a million comments of a year: `node bench/statistics.ts` prints them as
// JSON, `npm run bench` sets them into its table.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { findServer, type Server } from './database.ts';
import { root, runProgram, stopPrograms } from './programs.ts';
import { percentile } from './rounds.ts';
import { serveStet } from './stet.ts';

/** Milliseconds of an answer, by the days that were asked for; `comments` were stored, over a year. */
export type StatisticsFigures = { comments: number; asked: { days: number; median: number; slowest: number }[] };

const rounds = 5;
const command = path.join(root, 'bin', 'stet.mjs');

/** A site with a year of comments: 1,000 stories, the newest most written under; all but the last 2,000 decided by twelve
 *  people within hours, a few withdrawn. Written past intake and its triggers, which are measured elsewhere. */
async function fillYear(server: Server, comments: number): Promise<void> {
  const client = new pg.Client({ ...server, database: 'stet' });
  await client.connect();
  await client.query('set session_replication_role = replica');
  for (const statement of [stories, people, ...written, decisions, withdrawals])
    await client.query(statement.replaceAll(':comments', String(comments)));
  await client.query('vacuum analyze');
  await client.end();
}

const stories = `insert into story (site, story, headline, byline, published, section, language, dir, text, updated_at)
  select 'year', 'story-' || n, 'Story ' || n, 'The Harbour Post', now(), 'section-' || n % 6, 'en', 'ltr', 'It is so.', now()
  from generate_series(0, 999) n`;

const people = `insert into account (site, id, kind, name, email, role, created_at)
  select 'year', ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'person', 'Moderator ' || n,
    n || '@desk.example', 'moderator', now() from generate_series(1, 12) n`;

const written = [
  `insert into comment (site, id, story, name, text, sha256, lang, dir, submitted_at, screening, state, version, decision)
    select 'year', gen_random_uuid(), 'story-' || floor(power(random(), 3) * 1000), 'Reader ' || n % 50000, text,
      sha256(convert_to(text, 'UTF8')), (array['en', 'ckb', 'ar', 'tr', 'kmr'])[1 + floor(random() * 5)], 'ltr',
      now() - (:comments - n) * interval '365 days' / :comments,
      jsonb_build_object('lang', 'en', 'model', 'bench', 'findings', '[]'::jsonb, 'suggestion',
        (array['approve', 'approve', 'approve', 'review', 'reject'])[1 + floor(random() * 5)], 'scores', scores),
      state, 2, case when state in ('approved', 'rejected') then n end
    from generate_series(1, :comments) n
    cross join lateral (select repeat(md5(n::text), 6)) as t (text)
    cross join lateral (select jsonb_object_agg(key, random()) from unnest(array['attack', 'threat', 'profanity', 'vulgarity',
      'sexism', 'racism', 'homophobia', 'xenophobia', 'promotion', 'relevance']) key where n > 0) as s (scores)
    cross join lateral (select case when n > :comments - 2000 then 'held' when n % 33 = 0 then 'withdrawn'
      when n % 10 < 7 then 'approved' else 'rejected' end) as d (state)`,
  `insert into sorting (site, seq, comment, words, is_critical)
    select site, seq, id, ''::tsvector, seq % 40 = 0 from comment where site = 'year'
    on conflict (site, seq) do update set is_critical = excluded.is_critical`,
];

const decisions = `insert into decision (site, comment, seq, verdict, sha256, guideline, guideline_version, actor, decided_at)
  select c.site, c.id, c.decision, case c.state when 'approved' then 'approve' else 'reject' end, c.sha256,
    case c.state when 'rejected' then g.guideline end, case c.state when 'rejected' then 1 end,
    'moderator:00000000-0000-4000-8000-' || lpad((1 + c.seq % 12)::text, 12, '0'),
    least(now(), c.submitted_at - ln(random() + 1e-9) * interval '40 minutes')
  from comment c
  join (select guideline, row_number() over () - 1 as n from guideline_version where site = 'year' and version = 1) g
    on g.n = c.seq % 10
  where c.site = 'year' and c.decision is not null order by c.seq`;

const withdrawals = `insert into event (site, id, kind, comment, at, actor, commitment)
  select site, gen_random_uuid(), 'withdrawn', id, submitted_at + interval '20 minutes', 'reader', sha256('')
  from comment where site = 'year' and state = 'withdrawn'`;

/** Signs an editor in, and returns the cookie of the session. */
async function signIn(port: number, address: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/desk/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: address.split('#')[1] }),
  });
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (!answer.ok || cookie === undefined) throw new Error(`nobody was signed in: ${answer.status}`);
  return cookie;
}

async function measure(port: number, cookie: string, days: number): Promise<StatisticsFigures['asked'][number]> {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const began = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/desk/sites/year/statistics?days=${days}`, {
      headers: { cookie },
    });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`${days} days: ${answer.status} ${body}`);
    // The first reads from the disk what an editor's first look has to read, and is not what they wait for all day.
    if (round > 0) taken.push(performance.now() - began);
  }
  return { days, median: percentile(taken, 0.5), slowest: Math.max(...taken) };
}

if (import.meta.main) {
  const comments = Number(process.argv[2] ?? 1_000_000);
  const folder = path.join(root, 'var', 'bench-statistics');
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const dataFolder = path.join(folder, 'data');
    const { port } = await serveStet(dataFolder);
    const run = (...words: string[]): Promise<string> =>
      runProgram(process.execPath, [command, ...words], { environment: { STET_DATA: dataFolder } });
    await run('site', 'add', 'year', '--name', 'The Harbour Post', '--language', 'en');
    await fillYear(findServer(dataFolder), comments);
    const told = await run('moderator', 'add', 'bench@example.org', '--site', 'year', '--role', 'editor');
    const cookie = await signIn(port, /https?:\S+#\S+/.exec(told)?.[0] ?? '');
    const asked = [await measure(port, cookie, 7), await measure(port, cookie, 30)];
    console.log(JSON.stringify({ comments, asked } satisfies StatisticsFigures, null, 2));
  } finally {
    await stopPrograms();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
