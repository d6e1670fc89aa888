import { setTimeout as pause } from 'node:timers/promises';
import { isSiteKey } from '../contract/ids.ts';
import { isLanguageTag } from '../contract/languages.ts';
import { parseOrigin, parseSetting, type Site, type SiteSettings } from '../contract/site.ts';
import { changeOrigins, changeSettings } from '../record/siteChanges.ts';
import { listSites } from '../record/sites.ts';
import { leaseMilliseconds } from '../record/watch.ts';
import { webhookKey } from '../record/webhookKey.ts';
import { readArguments, refuseArguments } from './arguments.ts';
import { createSite } from './createSite.ts';
import { withInstallation } from './open.ts';
import { printJson, printLine } from './print.ts';
import { CommandProblem, UsageProblem } from './problems.ts';
import { requireKnownSite, unknownSite } from './requireKnownSite.ts';

const addUsage = 'stet site add KEY --name NAME --language LANGUAGE [--origin URL]…';

/** `stet site add`: a site with the starting guidelines; prints it as JSON. */
export async function addSite(args: readonly string[]): Promise<void> {
  const shapes = {
    name: { type: 'string' },
    language: { type: 'string' },
    origin: { type: 'string', multiple: true },
  } as const;
  const read = readArguments(args, shapes, addUsage);
  const [key] = read.positionals;
  if (!isSiteKey(key) || read.positionals.length !== 1) {
    throw new UsageProblem(`A site key is 1 to 80 of a-z, 0-9 and hyphen. Usage: ${addUsage}`);
  }
  const language = read.require('language');
  if (!isLanguageTag(language)) throw new UsageProblem(`"${language}" is no language tag such as en, ckb or ar.`);
  const origins = read.readAll('origin').map(requireOrigin);
  const site = { site: key, name: read.require('name'), language, origins };
  await withInstallation(async ({ store }) => {
    const created = await createSite(store, site, new Date());
    if (!created) throw new CommandProblem(`There is a site "${key}" already. \`npx stet site list\` shows it.`);
    printJson(showSite(created));
  });
}

function requireOrigin(written: string): string {
  const origin = parseOrigin(written);
  if (origin === undefined) throw new UsageProblem(`"${written}" is no origin such as https://news.example (no path).`);
  return origin;
}

/** `stet site list`: every site as JSON. */
export async function listAllSites(args: readonly string[]): Promise<void> {
  refuseArguments(args, 'stet site list');
  await withInstallation(async ({ store }) => printJson((await listSites(store)).map(showSite)));
}

const setUsage = 'stet site set KEY NAME=VALUE…';

/** `stet site set`: changes settings, and with `origin` the site's own origins, and returns once every running server has
 *  them. */
export async function setSite(args: readonly string[]): Promise<void> {
  const [key, ...pairs] = readArguments(args, {}, setUsage).positionals;
  if (!isSiteKey(key) || pairs.length === 0) throw new UsageProblem(`Usage: ${setUsage}`);
  const origins = pairs.some(isOrigin) ? pairs.filter(isOrigin).flatMap(readOrigins) : undefined;
  const settings: Partial<SiteSettings> = {};
  for (const pair of pairs.filter((written) => !isOrigin(written))) {
    const setting = parseSetting(pair);
    if (setting.outcome === 'refused') {
      throw new UsageProblem(
        `"${pair}" is no setting that fits: docs/reference/settings.md lists names and values. Usage: ${setUsage}`,
      );
    }
    Object.assign(settings, setting.value);
  }
  await withInstallation(async ({ store }) => {
    const by = { at: new Date(), actor: 'operator' };
    if (origins) await changeOrigins(store, key, { origins: [...new Set(origins)], ...by });
    const site = await changeSettings(store, key, { settings, ...by });
    if (!site || site === 'moved_on') throw new CommandProblem(unknownSite(key));
    // A server that has not heard the change serves what it keeps for at most the lease.
    await pause(leaseMilliseconds);
    printJson(showSite(site));
  });
}

// `origin=` several times, or once with commas; empty takes them all away.
const originName = 'origin=';

function isOrigin(written: string): boolean {
  return written.startsWith(originName);
}

function readOrigins(written: string): string[] {
  const listed = written.slice(originName.length);
  return listed === '' ? [] : listed.split(',').map((one) => requireOrigin(one.trim()));
}

const keyUsage = 'stet site webhook-key KEY';

/** `stet site webhook-key`: the key that the site's webhooks are signed with, alone on standard output. */
export async function printWebhookKey(args: readonly string[]): Promise<void> {
  const [key, ...more] = readArguments(args, {}, keyUsage).positionals;
  if (!isSiteKey(key) || more.length > 0) throw new UsageProblem(`Usage: ${keyUsage}`);
  await withInstallation(async ({ store, secret }) => {
    await requireKnownSite(store, key);
    printLine(webhookKey(secret, key));
  });
}

function showSite({ site, ...rest }: Site): object {
  return { key: site, ...rest };
}
