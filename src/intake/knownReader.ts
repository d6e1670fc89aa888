import { commentFields, mostEarlier } from '../contract/form.ts';
import type { Call } from '../contract/http.ts';
import { inLanguage } from '../contract/guideline.ts';
import { isObject } from '../contract/json.ts';
import { translateCount } from '../contract/messages.ts';
import { showTimeWithin } from '../contract/dates.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refused, type Refused, type RefusalReason } from '../contract/refusals.ts';
import type { SanctionAbout } from '../contract/sanction.ts';
import type { Site } from '../contract/site.ts';
import { networkEnd } from '../contract/time.ts';
import { networkPrefix } from '../record/networkPrefix.ts';
import { giveTurnBack, takeSlowTurn, type StandingSanction } from '../record/sanctions.ts';
import { isSameName } from '../screening/index.ts';
import type { IntakeTools } from './tools.ts';

type Tools = Pick<IntakeTools, 'store' | 'kept' | 'dayKeys' | 'receipts'>;

/** Who acts: `name` as they wrote it, where they did; `account` is what knows the account or the key that they came with. */
export type Acting = {
  site: string;
  about: SanctionAbout;
  name?: string | null;
  account?: string | null | undefined;
  call: Call;
};

/** The sanctions in force that hold for whoever acts, known again by account, name, network, or a receipt that their browser shows.
 *  A site without sanctions pays one look into memory for this. Nothing of a reader without one is kept or written. */
export async function findSanctions(
  tools: Tools,
  { site, about, name, account, call }: Acting,
): Promise<StandingSanction[]> {
  const standing = await tools.kept.listSanctions(site, call.now);
  const concerned = standing.filter((sanction) => sanction.about === about && sanction.endsAt > call.now);
  if (concerned.length === 0) return [];
  const shown = concerned.some(({ knownBy }) => knownBy.includes('receipt')) ? openEarlier(tools, site, call) : none;
  const prefix = networkPrefix(call.address);
  const isKnown: Record<StandingSanction['knownBy'][number], (sanction: StandingSanction) => boolean> = {
    account: (sanction) => typeof account === 'string' && sanction.account === account,
    name: (sanction) => typeof name === 'string' && sanction.name !== null && isSameName(sanction.name, name),
    receipt: ({ comment }) => shown.has(comment),
    network: ({ network, writtenAt }) =>
      network !== null &&
      prefix !== undefined &&
      networkEnd(writtenAt) > call.now &&
      tools.dayKeys.recallNetwork(prefix, writtenAt) === network,
  };
  return concerned.filter((sanction) => sanction.knownBy.some((known) => isKnown[known](sanction)));
}

const none: ReadonlySet<string> = new Set();

/** The comments of this site whose receipts the browser shows. What is none is passed over. */
function openEarlier({ receipts }: Tools, site: string, { body }: Call): ReadonlySet<string> {
  const shown = isObject(body) ? body[commentFields.earlier] : undefined;
  if (typeof shown !== 'string') return none;
  const opened = shown.split(' ', mostEarlier).map((receipt) => receipts.open(receipt));
  return new Set(opened.filter((about) => about?.site === site).map((about) => about?.id ?? ''));
}

const suspensions: Record<SanctionAbout, RefusalReason> = {
  comments: 'suspended',
  appeals: 'appeals_suspended',
  reports: 'reports_suspended',
};

/** What the reader is told while one of these sanctions keeps them out; undefined where none does. The longest counts. */
export function refuseSuspended(
  sanctions: readonly StandingSanction[],
  { site, call, language }: Told,
): Refused | undefined {
  const [longest] = sanctions
    .filter(({ measure }) => measure === 'suspend')
    .toSorted((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  return longest && explain(suspensions[longest.about], longest, { site, call, language, until: longest.endsAt });
}

/** `language` is what the page speaks, where the browser asks for no language that Stet does. */
export type Told = { site: Site; call: Call; language: string };

/** A slowed reader's turn, to be given back when nothing comes of it; refused until the next one. */
export async function takeTurn(
  { store }: Pick<Tools, 'store'>,
  sanctions: readonly StandingSanction[],
  told: Told,
): Promise<{ outcome: 'taken'; giveBack(): void } | Refused> {
  const { site } = told.site;
  const taken: string[] = [];
  const giveBack = (): void => {
    // Whoever cannot be given it back writes a little later.
    for (const sanction of taken) void giveTurnBack(store, { site, sanction }).catch(() => {});
  };
  for (const sanction of sanctions) {
    if (sanction.measure !== 'slow') continue;
    const minutes = sanction.minutes ?? 0;
    const turn = await takeSlowTurn(store, { site, sanction: sanction.id, minutes, now: told.call.now });
    if (turn === 'taken') taken.push(sanction.id);
    else {
      giveBack();
      return explain('slowed', sanction, { ...told, until: turn });
    }
  }
  return { outcome: 'taken', giveBack };
}

function explain(
  reason: RefusalReason,
  { guideline, titles, minutes, measure }: StandingSanction,
  { site, call, language: standard, until }: Told & { until: Date },
): Refused {
  const language = readLanguage(call, standard);
  const { settings } = site;
  const seconds = Math.max(1, Math.ceil((until.getTime() - call.now.getTime()) / 1000));
  return refused(reason, {
    values: {
      until: showTimeWithin(until, { pattern: settings['page.date'], timeZone: settings['page.timeZone'], language }),
      guideline: inLanguage(titles ?? {}, language, site.language),
      minutes: translateCount(language, 'unit.minutes', minutes ?? 0),
    },
    ...(reason === 'slowed' ? { retryAfterSeconds: seconds } : {}),
    beside: { sanction: { measure, until: until.toISOString(), ...(guideline === null ? {} : { guideline }) } },
  });
}
