import type { CheckAnswer } from '../contract/check.ts';
import { parseText } from '../contract/comment.ts';
import { inLanguage, type Guideline } from '../contract/guideline.ts';
import { answerJson, type Call, type Handler } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refused } from '../contract/refusals.ts';
import { rulesOfWords } from '../contract/siteRules.ts';
import { isNoticing, type SiteSettings } from '../contract/siteSettings.ts';
import { findOwnWords, screen, speaksOfNewsroom, type GuidelineKey } from '../screening/index.ts';
import { checkEligibility } from './eligibility.ts';
import { findTarget, type Target } from './findTarget.ts';
import { nameClient } from './nameClient.ts';
import type { IntakeTools } from './tools.ts';
import { whileAvailable } from './whileAvailable.ts';

/** From which score on a reader is told. Far above the line between breach and no breach: a notice that is wrong keeps people
 *  from writing what may stand, and a breach that nobody was told of is read by a person all the same. */
const surely = 0.9;

// What misses the story is a matter of degree, and nothing to warn of.
const noticed = [
  'threat',
  'racism',
  'homophobia',
  'sexism',
  'xenophobia',
  'attack',
  'vulgarity',
  'profanity',
  'promotion',
] as const satisfies readonly GuidelineKey[];

// Criticism of the newsroom is welcome: where a text speaks of it, only what no criticism needs is told.
const beyondCriticism: ReadonlySet<GuidelineKey> = new Set(['threat', 'vulgarity', 'profanity']);

/** Tells a reader before sending which guideline a text surely breaks, where the site wants it. Nothing of it is kept, written
 *  into a log or shown to the desk, and whatever it says the comment can be sent. */
export function postCheck(tools: IntakeTools): Handler {
  const check: Handler = async (call) => {
    const target = await findTarget(tools, call);
    if (target.outcome === 'refused') return target;
    const against = checkEligibility(target.value, call.now);
    if (against) return against;
    if (!isObject(call.body)) return refused('body_malformed');
    const text = parseText(call.body['text']);
    if (text.outcome === 'refused') return text;
    const { site } = target.value;
    if (!isNoticing(site)) return answerJson(200, nothing);
    const counted = await tools.limits.countCheck({ site, network: nameClient(tools, call).bucket });
    if (counted.outcome === 'refused') return counted;
    const inForce = await tools.kept.listGuidelines(site.site);
    const guideline = findSureBreach(target.value, text.value, inForce);
    return answerJson(200, guideline ? name(tools, { guideline, target: target.value, call }) : nothing);
  };
  return whileAvailable(check, (_, outage) => outage);
}

const nothing: CheckAnswer = { guideline: null };

/** The guideline in force whose score is highest, of those that a text surely breaks. By the shipped model and lists alone: what
 *  a site lists itself, or was taught by its decisions, could otherwise be found out word for word. Pure. */
export function findSureBreach(
  { site, story }: Pick<Target, 'site' | 'story'>,
  text: string,
  inForce: readonly Guideline[],
): Guideline | undefined {
  const { scores, lang } = screen({ text: withoutAllowed(text, site.settings) }, { origins: site.origins });
  const sure = noticed
    .filter((key) => (scores[key] ?? 0) >= surely && inForce.some((guideline) => guideline.key === key))
    .toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  if (sure.length === 0) return undefined;
  const isAboutUs = speaksOfNewsroom({ text, lang }, [site.name, story.byline]);
  const told = sure.find((key) => !isAboutUs || beyondCriticism.has(key));
  return inForce.find(({ key }) => key === told);
}

/** The text without what the site allows. An allowed word is no finding of the lists; the model, which knows no site, would go on
 *  to hear it. */
function withoutAllowed(text: string, settings: SiteSettings): string {
  const { allowed = [] } = rulesOfWords('', settings['words.allowed']);
  if (allowed.length === 0) return text;
  const toFind = rulesOfWords(allowed.map((word) => `* attack clear ${word}`).join('\n'), '');
  return findOwnWords({ text }, toFind).reduceRight(
    (left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`,
    text,
  );
}

function name(
  { publicUrl }: IntakeTools,
  { guideline, target, call }: { guideline: Guideline; target: Target; call: Call },
): CheckAnswer {
  const { site, story } = target;
  const language = readLanguage(call, story.language);
  const { key, titles } = guideline;
  const url = `${publicUrl}/s/${site.site}/guidelines?lang=${language}#${key}`;
  return { guideline: { key, title: inLanguage(titles, language, site.language), url } };
}
