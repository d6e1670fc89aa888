import { hash } from 'node:crypto';
import { parseName } from '../contract/comment.ts';
import type { Call } from '../contract/http.ts';
import {
  nameStatement,
  signedInHere,
  speakerFields,
  type ReaderAccount,
  type SpeakerKind,
} from '../contract/reader.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { addDays } from '../contract/time.ts';
import { giveTokenBack, holdName, isNameProtected, useToken } from '../record/speakers.ts';
import { nameKeys } from '../screening/index.ts';
import { checkName } from './eligibility.ts';
import { digestText } from './makeComment.ts';
import type { Target } from './findTarget.ts';
import { readHolder } from './nameKey.ts';
import type { IntakeTools } from './tools.ts';

/** Who is speaking: the name that the comment is published under and, where more is known, what is marked beside it.
 *  `take` uses a token up, or the protection of a name, once nothing else stands against the comment. */
export type Speaker = {
  outcome: 'found';
  name: string;
  mark?: { kind: SpeakerKind; account: string };
  take(): Promise<Taken | Refused>;
};

type Taken = { outcome: 'taken'; giveBack(): void };

type Speaking = {
  target: Target;
  name: string;
  text: string;
  body: Record<string, unknown>;
  call: Call;
  /** The Idempotency-Key; what is bound to one submission needs one. */
  submission: string | undefined;
};

const nothingTaken: Taken = { outcome: 'taken', giveBack: () => {} };
const takeNothing = async (): Promise<Taken> => nothingTaken;

/** Finds out who speaks: an account where the site has them, the holder of a protected name, or a reader of whom nothing
 *  is known but a name that nobody else has protected. Refused where that does not hold. */
export async function findSpeaker(tools: IntakeTools, speaking: Speaking): Promise<Speaker | Refused> {
  const { site } = speaking.target;
  const accounts = site.settings['reader.accounts'];
  const account = accounts === 'off' ? undefined : await identifyAccount(tools, speaking);
  if (account) return account.outcome === 'known' ? findAccount(tools, speaking, account.reader) : account;
  if (accounts === 'required') return refused('account_required', { field: speakerFields.account });
  const reserved = checkName(site, speaking.name);
  if (reserved) return reserved;
  if (site.settings['names.protect'] === 'off') return { outcome: 'found', name: speaking.name, take: takeNothing };
  const holder = speaking.body[speakerFields.holder];
  return typeof holder === 'string' && holder !== ''
    ? findHolder(tools, speaking, holder)
    : findAnybody(tools, speaking);
}

type Account = { outcome: 'known'; reader: ReaderAccount };

/** The account that the submission's token stands for, or that of whoever is signed in; undefined without either. */
async function identifyAccount(
  tools: IntakeTools,
  { target: { site }, body, call }: Speaking,
): Promise<Account | Refused | undefined> {
  const token = body[speakerFields.account];
  if (typeof token === 'string' && token !== '' && token !== signedInHere) {
    return tools.identifyReader(site, token, call.now);
  }
  const known = await tools.recallReader(site, call);
  // Who believes themselves signed in does not find the comment without their account.
  return known ?? (token === signedInHere ? refused('account_unknown', { field: speakerFields.account }) : undefined);
}

async function findAccount(tools: IntakeTools, speaking: Speaking, reader: ReaderAccount): Promise<Speaker | Refused> {
  const { target } = speaking;
  const { account, isStaff, once } = reader;
  // The account's name is published, whatever stood in the form; it is one that a reader could have written.
  const name = parseName(reader.name);
  if (name.outcome === 'refused') return name;
  const reserved = isStaff ? undefined : checkName(target.site, name.value);
  if (reserved) return reserved;
  return {
    outcome: 'found',
    name: name.value,
    mark: { kind: isStaff ? 'staff' : 'account', account },
    take: async () => (once ? takeToken(tools, speaking, once) : nothingTaken),
  };
}

async function takeToken(
  { store }: IntakeTools,
  { target: { site }, submission }: Speaking,
  { token, until }: NonNullable<ReaderAccount['once']>,
): Promise<Taken | Refused> {
  if (submission === undefined) return refused('key_malformed');
  const use = { site: site.site, token, submission: hash('sha256', submission, 'hex'), until };
  if (!(await useToken(store, use))) return refused('account_used', { field: speakerFields.account });
  // Whoever cannot be given it back loads the page again.
  return { outcome: 'taken', giveBack: () => void giveTokenBack(store, use).catch(() => {}) };
}

async function findAnybody(tools: IntakeTools, { target: { site }, name, call }: Speaking): Promise<Speaker | Refused> {
  if (await tools.kept.hasProtectedNames(site.site)) {
    const named = { site: site.site, keys: keysOf(tools, site, name), unusedSince: unusedSince(site, call.now) };
    if (await isNameProtected(tools.store, named)) return refused('name_protected', { field: 'name' });
  }
  return { outcome: 'found', name, take: takeNothing };
}

async function findHolder(tools: IntakeTools, speaking: Speaking, written: string): Promise<Speaker | Refused> {
  const { target, name, text, call, submission } = speaking;
  const { site, story } = target;
  const statement = nameStatement({
    site: site.site,
    story: story.story,
    submission: submission ?? '',
    nameSha256: hash('sha256', name, 'hex'),
    sha256: digestText(text),
  });
  const holder = submission === undefined ? undefined : readHolder(written, statement);
  if (holder === undefined) return refused('name_unproven', { field: speakerFields.holder });
  return {
    outcome: 'found',
    name,
    mark: { kind: 'name', account: holder },
    take: async () => {
      const named = { site: site.site, keys: keysOf(tools, site, name), unusedSince: unusedSince(site, call.now) };
      const isHeld = await holdName(tools.store, { ...named, holder, now: call.now });
      // What was protected stays so: a comment that could not be stored is sent again.
      return isHeld ? nothingTaken : refused('name_protected', { field: 'name' });
    },
  };
}

/** What a name is found by among the protected ones: its keys, as no reader of the database can read them. */
function keysOf({ keys }: IntakeTools, { site }: Site, name: string): string[] {
  return nameKeys(name).map((key) => keys.name(`${site}/${key}`));
}

function unusedSince({ settings }: Site, now: Date): Date {
  return addDays(now, -settings['names.unusedDays']);
}
