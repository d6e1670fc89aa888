import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { findBouncer, startBouncer } from '../support/bouncer.ts';
import { type Installation, makeInstallation } from '../support/installation.ts';
import { type Login, type OwnPostgres, startOwnPostgres } from '../support/ownPostgres.ts';
import { asked, openNewsroom, takeJourney, textsOf } from '../support/wholeJourney.ts';

// The product as its own processes, on a PostgreSQL that it did not start: over TCP, with passwords asked for.
let postgres: OwnPostgres;
const installations: Installation[] = [];
const story = '/api/v1/sites/sample/stories/welcome';

before(async () => {
  postgres = await startOwnPostgres();
});
afterEach(async () => {
  for (const installation of installations.splice(0)) await installation.remove();
});
after(() => postgres.stop());

function install(environment: Record<string, string>): Installation {
  const installation = makeInstallation(environment);
  installations.push(installation);
  return installation;
}

async function makeOwner(user: string, may = ''): Promise<Login> {
  await postgres.run(`create role ${user} login ${may} password 'pass-word'`);
  await postgres.run(`create database ${user} owner ${user}`);
  return { user, password: 'pass-word' };
}

test('two installations in one cluster, each with its secret, take a comment all the way and see nothing of each other', async () => {
  const texts = ['The ferry is late again.', 'The market has moved.'];
  const databases = ['harbour', 'hill'];
  for (const [index, database] of databases.entries()) {
    await postgres.run(`create database ${database}`);
    const installation = install({
      DATABASE_URL: postgres.url(database),
      STET_SECRET: `${database} ${'s'.repeat(32)}`,
    });
    const newsroom = await openNewsroom(installation);
    await takeJourney(newsroom, texts[index] ?? '');
    assert.match(await installation.stet('verify'), /^ok$/m);
    for (const process of [newsroom.one, newsroom.two]) assert.equal(await process.stop(), 0, process.output());
  }
  for (const [index, database] of databases.entries()) {
    const rows = await postgres.run('select distinct text from comment', database);
    assert.deepEqual(rows, [{ text: texts[index] }]);
  }
});

test('a role that may create roles makes the two by itself, and lets them in again after the secret changed', async () => {
  const maker = await makeOwner('maker', 'createrole');
  const environment = { DATABASE_URL: postgres.url('maker', maker) };
  const installation = install(environment);
  await takeJourney(await openNewsroom(installation), 'The ferry is late again.');
  const [made] = await postgres.run(
    `select count(*) from pg_roles where rolname like 'maker\\_stet\\_%' and not (rolsuper or rolcreaterole or rolcreatedb)`,
  );
  assert.deepEqual(made, { count: 2 });
  const again = install({ ...environment, STET_SECRET: 'another secret of thirty-two characters' });
  assert.match(await again.stet('verify'), /^ok$/m);
});

test('a role that may not create roles is told statements that work as they stand, also when they were run before', async () => {
  const plain = await makeOwner('plain');
  const environment = { DATABASE_URL: postgres.url('plain', plain) };
  for (const verb of ['create', 'alter']) {
    const { code, output } = await install(environment).fail('serve');
    assert.equal(code, 78);
    const [, statements = ''] = /Let an administrator run: (.*); and set DATABASE_READER_URL/.exec(output) ?? [];
    assert.match(
      statements,
      new RegExp(`^${verb} role "plain_stet_reader" login password '…'; grant connect on database "plain"`),
    );
    await postgres.run(statements);
  }
  const reader = postgres.url('plain', { user: 'plain_stet_reader', password: encodeURIComponent('…') });
  const installation = install({ ...environment, DATABASE_READER_URL: reader });
  await takeJourney(await openNewsroom(installation), 'The ferry is late again.');
  assert.match(await installation.stet('verify'), /^ok$/m);
});

test("a readers' role that is named later gets its rights by migrating, and one that could read held comments is refused", async () => {
  const late = await makeOwner('late', 'createrole');
  const environment = { DATABASE_URL: postgres.url('late', late) };
  await install(environment).stet('migrate');
  await postgres.run(`create role late_other login password 'pass-word'`);
  const reader = { user: 'late_other', password: 'pass-word' };
  const installation = install({ ...environment, DATABASE_READER_URL: postgres.url('late', reader) });
  const { code, output } = await installation.fail('site', 'list');
  assert.deepEqual([code, /npx stet migrate/.test(output)], [78, true], output);
  const served = await installation.serve('start');
  assert.deepEqual(await textsOf(served), []);
  assert.match(await installation.stet('site', 'list'), /"sample"/);
  await postgres.run('grant select (text) on comment to late_other', 'late');
  const refused = await installation.fail('verify');
  assert.deepEqual([refused.code, /could read comments that nobody approved/.test(refused.output)], [78, true]);
});

test('a socket is named in the query or as the host', async () => {
  await postgres.run('create database socket');
  const folder = encodeURIComponent(postgres.folder);
  const { user, password } = postgres.admin;
  for (const url of [
    `postgres:///socket?host=${folder}&port=${postgres.port}&user=${user}&password=${password}`,
    `postgres://${user}:${password}@${folder}:${postgres.port}/socket`,
  ]) {
    const installation = install({ DATABASE_URL: url });
    const served = await installation.serve('start');
    await asked(served, { path: `${story}/thread` });
    assert.match(await installation.stet('verify'), /^ok$/m);
  }
});

test('behind a PgBouncer in transaction mode everything is right, with a way past it and without', async (t) => {
  const program = findBouncer();
  if (program === undefined) return t.skip('no pgbouncer on the PATH or in /usr/sbin');
  const owner = await makeOwner('bounced');
  await postgres.run(`create role bounced_reader login password 'pass-word'`);
  const reader = { user: 'bounced_reader', password: 'pass-word' };
  const bouncer = await startBouncer(program, postgres, [postgres.admin, owner, reader]);
  try {
    const through = {
      DATABASE_URL: bouncer.url('bounced', owner),
      DATABASE_READER_URL: bouncer.url('bounced', reader),
    };
    const past = { DATABASE_DIRECT_URL: postgres.url('bounced', owner) };
    for (const environment of [through, { ...through, ...past }]) {
      const installation = install(environment);
      const newsroom = await openNewsroom(installation);
      await takeJourney(newsroom, 'The ferry is late again.');
      assert.match(await installation.stet('verify'), /^ok$/m);
      for (const process of [newsroom.one, newsroom.two]) assert.equal(await process.stop(), 0, process.output());
    }
  } finally {
    for (const installation of installations.splice(0)) await installation.remove();
    await bouncer.stop();
  }
});
