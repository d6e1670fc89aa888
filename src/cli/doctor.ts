import { SettingsProblem, type Settings } from '../config/settings.ts';
import { isAnswering } from '../record/answering.ts';
import { countOutbox } from '../record/outbox.ts';
import { listSites } from '../record/sites.ts';
import type { Store } from '../record/store.ts';
import { listOrphans } from '../storage/embedded/place.ts';
import { readSchemaState } from '../storage/migrate.ts';
import { refuseArguments } from './arguments.ts';
import { examineReaders } from './doctorReaders.ts';
import { openModel } from './model.ts';
import { openInstallation, type Installation } from './open.ts';
import { printLine } from './print.ts';
import { CommandProblem } from './problems.ts';

/** One thing that was looked at: `mend` says what to do where it is not well. */
export type Finding = { what: string; mend?: string };

/** `stet doctor`: looks at an installation part by part and says how to mend what is wrong; fails if anything is. What
 *  keeps the database from opening at all is said by the opening itself. */
export async function doctor(args: readonly string[]): Promise<void> {
  refuseArguments(args, 'stet doctor');
  const installation = await openInstallation();
  const findings = await examine(installation).finally(() => installation.store.close());
  for (const { what, mend } of findings) printLine(mend === undefined ? `well   ${what}` : `mend   ${what}: ${mend}`);
  const ill = findings.filter(({ mend }) => mend !== undefined).length;
  if (ill > 0) throw new CommandProblem(`${ill} of ${findings.length} parts need mending.`);
}

async function examine({ store, settings, secret }: Installation): Promise<readonly Finding[]> {
  const reached: Finding = {
    what: store.embedded ? `database reached in ${store.embedded.clusterFolder}` : 'database reached',
  };
  const { missing } = await readSchemaState(store);
  if (missing.length > 0) {
    return [reached, { what: `schema lacks version ${missing.join(', ')}`, mend: 'run `npx stet migrate`' }];
  }
  return [
    reached,
    { what: 'schema up to date' },
    await examineAnswers(store),
    ...(await examineSites(store, settings)),
    ...(await examineOutbox(store, settings)),
    ...(await examineReaders(store, settings)),
    ...listOrphans().map((place) => ({
      what: `the database in ${place} belongs to no data folder any more`,
      mend: `rm -r ${place}, unless its data folder was moved and has not been started since (${place}/data-folder says where it was)`,
    })),
    examineModel(),
    examineAddress(settings),
    examineSecret(secret),
  ];
}

async function examineAnswers(store: Store): Promise<Finding> {
  if (await isAnswering(store)) return { what: 'readers and writers answer' };
  return { what: 'a role cannot connect', mend: 'check DATABASE_READER_URL' };
}

async function examineSites(store: Store, { smtpUrl }: Settings): Promise<readonly Finding[]> {
  const sites = await listSites(store);
  if (sites.length === 0) return [{ what: 'no site yet', mend: 'make one with `npx stet site add`' }];
  const counted: Finding = { what: sites.length === 1 ? '1 site' : `${sites.length} sites` };
  const unlimited = sites.filter(({ settings }) => settings['intake.limits'] === 'off').map(({ site }) => site);
  const unheard = sites.filter(({ settings }) => settings['alert.mail'] !== '').map(({ site }) => site);
  return [
    counted,
    ...unlimited.map((site) => ({
      what: `the site ${site} has no rate limits`,
      mend: `run \`npx stet site set ${site} intake.limits=on\` when the load test is over`,
    })),
    ...(smtpUrl === undefined ? unheard : []).map((site) => ({
      what: `the site ${site} wants to be alerted by mail, and there is no mail server`,
      mend: 'set SMTP_URL and MAIL_FROM',
    })),
  ];
}

async function examineOutbox(store: Store, { smtpUrl }: Settings): Promise<readonly Finding[]> {
  const { due, withoutSmtp, failed } = await countOutbox(store);
  const waiting: Finding =
    withoutSmtp > 0 && smtpUrl === undefined
      ? { what: `${withoutSmtp} mails wait for a mail server`, mend: 'set SMTP_URL and MAIL_FROM, and restart' }
      : {
          what:
            smtpUrl === undefined
              ? 'no mail server: authors are told by their receipt only'
              : `mail configured, ${due} due`,
        };
  if (failed === 0) return [waiting];
  const mend = 'the column last_error of the table outbox says why; docs/guide/operate.md (Mail) says how to try again';
  return [waiting, { what: `${failed} mails or webhooks were given up`, mend }];
}

function examineModel(): Finding {
  try {
    return { what: `model ${openModel()} can be read` };
  } catch (error) {
    if (!(error instanceof SettingsProblem)) throw error;
    return { what: 'comments cannot be screened and wait unread', mend: error.message };
  }
}

function examineAddress({ publicUrl }: Settings): Finding {
  if (publicUrl === undefined) return { what: 'no PUBLIC_URL: this machine alone can sign in' };
  const { protocol, hostname } = new URL(publicUrl);
  const isOpen = protocol === 'http:' && !/^(?:localhost|127\.0\.0\.1|\[::1\])$|\.localhost$/.test(hostname);
  if (!isOpen) return { what: `public address ${publicUrl}` };
  return { what: 'PUBLIC_URL is not https', mend: 'put a proxy with a certificate in front: sessions need it' };
}

// 32 characters of base64 are 192 bits; a word can be tried out by whoever holds a receipt.
const shortestSecret = 32;

function examineSecret(secret: string): Finding {
  if (secret.length >= shortestSecret) return { what: 'secret long enough' };
  return {
    what: `STET_SECRET has ${secret.length} characters`,
    mend: `use ${shortestSecret} random ones or more for a new installation (openssl rand -base64 32)`,
  };
}
