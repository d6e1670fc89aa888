import { type Evidence, type EvidenceReader, type Glance, combineWeights } from './evidence.ts';
import { countCopies } from './fingerprint.ts';
import { addressesOf, findPhones, hasPrice } from './links.ts';
import { type Contact, type Link, spanOf } from './reading.ts';

/** Hosts that hide where a link goes, or open a private chat. */
const hiding = new Set(
  'bit.ly tinyurl.com goo.gl ow.ly is.gd cutt.ly rebrand.ly shorturl.at rb.gy tiny.cc buff.ly adf.ly linktr.ee lnk.to'.split(
    ' ',
  ),
);
const chats = new Set(
  't.me telegram.me wa.me chat.whatsapp.com api.whatsapp.com discord.gg discord.com m.me line.me'.split(' '),
);

/** A call as soft as "click here" is also how people cite. */
const SOFT_CALL = 0.3;

/** Links, hidden links, telephone numbers, mail addresses and calls to action. One link
 *  alone is a source and nothing is said of it; only together with a call, or in
 *  number, do links weigh. Links to the site's own origins are never counted. */
export const readPromotion: EvidenceReader = (glance) => {
  const { reading, calls, found } = glance;
  const { links, mails } = addressesOf(reading);
  const foreign = links.filter(({ host }) => !isOwn(host, glance));
  const phones = findPhones(reading);
  const before = found.length;
  addLinks(glance, foreign);
  for (const phone of phones) add(glance, phone, { why: 'a telephone number', weight: 0.3 });
  for (const mail of mails) add(glance, mail, { why: 'a mail address', weight: 0.2 });
  const pressing = calls.filter(({ weight }) => weight >= SOFT_CALL);
  const reachable = foreign.length + phones.length + mails.length > 0;
  if (pressing.length === 0) {
    // "Click here" is only worth showing beside something else.
    if (found.length > before) found.push(...calls);
    return;
  }
  const [first, ...rest] = pressing as [Evidence, ...Evidence[]];
  found.push(...rest, calledTo(first, { reachable, priced: hasPrice(reading) }));
};

/** Nearly the same text as recent comments of the site, by their fingerprints. */
export const readCopies: EvidenceReader = ({ reading, rules, found }) => {
  const copies = countCopies(reading, rules.recentFingerprints ?? []);
  if (copies === 0) return;
  found.push({
    guideline: 'promotion',
    start: 0,
    end: reading.text.length,
    why: copies === 1 ? 'nearly the same as a recent comment' : `nearly the same as ${copies} recent comments`,
    weight: copies === 1 ? 0.3 : 0.6,
  });
};

function addLinks(glance: Glance, links: readonly Link[]): void {
  let plain = 0;
  for (const link of links) {
    if (chats.has(link.host)) add(glance, link, { why: 'a link into a private chat', weight: 0.4 });
    else if (hiding.has(link.host)) add(glance, link, { why: 'a link that hides where it goes', weight: 0.3 });
    else plain++;
  }
  // Three sources are a diligent reader; each further one adds a little.
  if (plain > 3) {
    const last = links.at(-1) as Link;
    add(glance, last, { why: `${plain} links in one comment`, weight: Math.min(0.6, 0.15 * (plain - 2)) });
  }
}

function add(glance: Glance, { from, to }: Contact, told: { why: string; weight: number }): void {
  glance.found.push({ guideline: 'promotion', ...spanOf(glance.reading, from, to), ...told });
}

/** The call, weightier where it can be followed or names a price. */
function calledTo(call: Evidence, { reachable, priced }: { reachable: boolean; priced: boolean }): Evidence {
  const weight = combineWeights([call, { weight: reachable ? 0.45 : 0 }, { weight: priced ? 0.25 : 0 }]);
  const means = reachable ? ' with a way to follow it' : '';
  return { ...call, weight, why: `${call.why}${means}${priced ? ' and a price' : ''}` };
}

/** Whether the host is one of the site's origins or below one; `endsWith` alone would
 *  take attacker-example.com for example.com. */
function isOwn(host: string, { rules }: Glance): boolean {
  return (rules.origins ?? []).some((origin) => {
    const own = hostOf(origin);
    return own !== '' && (host === own || host.endsWith(`.${own}`));
  });
}

function hostOf(origin: string): string {
  const host = origin.slice(origin.indexOf('://') + 3).split(/[/:]/, 1)[0] ?? '';
  return origin.includes('://') ? host.toLowerCase().replace(/^www\./, '') : '';
}
