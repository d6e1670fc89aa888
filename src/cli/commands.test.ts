import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from './commands.ts';
import { UsageProblem } from './problems.ts';

// None of these gets as far as the database.
const misuses: readonly string[] = [
  'bogus',
  'site',
  'site bogus',
  'constructor',
  'toString',
  '__proto__',
  'start --port',
  'serve --bogus',
  'doctor now',
  'verify --all',
  'migrate up',
  'site list all',
  'site add',
  'site add UPPER --name x --language en',
  'site add x --name x',
  'site add x --name x --language English',
  'site add x --name x --language en --origin https://news.example/path',
  'site set sample',
  'site set sample bogus=1',
  'site set sample intake.limits=maybe',
  'site set sample retention.rejectedDays=10',
  'site webhook-key',
  'story add --site sample',
  'story list',
  'story export welcome --site sample',
  'moderator add',
  'moderator add nobody --site sample --role editor',
  'moderator add a@b.example --site sample --role king',
  'moderator add a@b.example c@d.example --site sample --role editor',
  'moderator remove --site sample',
  'token add --site sample',
  'token add --site sample --scope all',
  'token add --site Sample --scope desk',
  'token revoke --site sample',
  'screen file.jsonl',
];

for (const misuse of misuses) {
  test(`stet ${misuse}: the usage, and nothing done`, async () => {
    await assert.rejects(runCommand(misuse.split(' ')), (problem) => {
      assert.ok(problem instanceof UsageProblem, String(problem));
      assert.match(problem.message, /Usage:|is no (?:language tag|origin|site key)|is none of/);
      return true;
    });
  });
}
