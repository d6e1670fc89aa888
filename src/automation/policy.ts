import { automatableGuidelines, type AutomationRule } from '../contract/automation.ts';
import { chooseInterface, translate } from '../contract/messages.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { recordDecision, type Standing, type Verdict } from '../record/decisions.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { type OwnHeads, speaksOfNewsroom, type Screening } from '../screening/index.ts';

/** A comment that was just held, with what stands around it. */
export type JustHeld = {
  site: Pick<Site, 'site' | 'name' | 'language'>;
  story: Pick<Story, 'byline' | 'language'>;
  id: string;
  text: string;
  screening: Screening | null;
};

export type Policy = {
  /** Looks whether a rule in force rejects the comment, and if so rejects it soon after. Never throws. */
  consider(held: JustHeld): void;
  /** Resolves when everything that was considered is settled. */
  close(): Promise<void>;
};

export type PolicyDeps = {
  store: Store;
  kept: Pick<Kept, 'listAutomation'>;
  headsOf: (site: string) => OwnHeads | undefined;
  clock: () => Date;
  log: (line: string) => void;
};

/** The least threshold that a rule can have. */
const line = 0.5;
// Two connections are what the desk can spare in a flood. What finds no room waits for a person, as everything may.
const mostAtOnce = 2;
const mostWaiting = 1_000;

/** Rejects comments that a rule of their site covers. Whatever goes wrong leaves the comment waiting for a person. */
export function createPolicy(deps: PolicyDeps): Policy {
  const waiting: JustHeld[] = [];
  const idle: (() => void)[] = [];
  let running = 0;
  let isFailing = false;
  const settle = async (held: JustHeld): Promise<void> => {
    try {
      await decideByRule(deps, held);
      isFailing = false;
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      if (!isFailing) deps.log(`a rule could not decide and comments wait for people (${name})`);
      isFailing = true;
    }
  };
  const next = (): void => {
    while (running < mostAtOnce) {
      const held = waiting.shift();
      if (!held) break;
      running += 1;
      void settle(held).finally(() => {
        running -= 1;
        next();
      });
    }
    if (running === 0) for (const done of idle.splice(0)) done();
  };
  return {
    consider: (held) => {
      if (!mayBreach(held.screening) || waiting.length >= mostWaiting) return;
      waiting.push(held);
      next();
    },
    close: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        next();
      }),
  };
}

// Nearly every comment ends here, without a question to anybody.
function mayBreach(screening: Screening | null): boolean {
  return screening !== null && automatableGuidelines.some((guideline) => (screening.scores[guideline] ?? 0) >= line);
}

async function decideByRule({ store, kept, headsOf, clock }: PolicyDeps, held: JustHeld): Promise<void> {
  const { site, story, id, text, screening } = held;
  if (screening === null) return;
  const rules = await kept.listAutomation(site.site);
  if (rules.length === 0) return;
  const rule = chooseRule(rules, screening, headsOf(site.site)?.until ?? '');
  if (!rule || speaksOfNewsroom({ text, lang: screening.lang }, [site.name, story.byline])) return;
  const { guideline } = rule;
  const explanation = explain(guideline, chooseInterface(screening.lang, story.language, site.language));
  await recordDecision(
    store,
    { site: site.site, id, guideline, actor: `policy:${rule.id}`, automated: true, now: clock() },
    (standing) => weighByRule(standing, { guideline, explanation }),
  );
}

/** The rule that covers what screening found; of several, the one whose score is highest. A rule holds for the model that
 *  was measured, in its own language, and for nothing else. Pure. */
export function chooseRule(
  rules: readonly AutomationRule[],
  { lang, model, scores }: Pick<Screening, 'lang' | 'model' | 'scores'>,
  fit: string,
): AutomationRule | undefined {
  const scoreOf = ({ guideline }: AutomationRule): number => {
    const known = automatableGuidelines.find((key) => key === guideline);
    return known === undefined ? 0 : (scores[known] ?? 0);
  };
  return rules
    .filter(
      (rule) => rule.language === lang && rule.model === model && rule.fit === fit && scoreOf(rule) >= rule.threshold,
    )
    .toSorted((a, b) => scoreOf(b) - scoreOf(a))[0];
}

/** Whether a rule may reject a comment as it stands: only one that waits, in its first version, with nobody reading it.
 *  Pure. */
export function weighByRule(
  { state, version, claim, pending, guidelineVersion, reading }: Standing,
  { guideline, explanation }: { guideline: string; explanation: string },
): { outcome: 'stands'; verdict: Verdict } | Refused {
  if (state !== 'held' || version !== 1) return refused('state_moved_on');
  if (claim) return refused('claimed_by_another');
  // What two people have to read is not left to a machine.
  if (reading.asksTwo || reading.first) return refused('editor_decides');
  if (pending) return refused('decision_pending');
  if (guidelineVersion === undefined) return refused('guideline_unknown');
  return { outcome: 'stands', verdict: { verdict: 'reject', guideline, guidelineVersion, explanation } };
}

function explain(guideline: string, language: string): string {
  const known = automatableGuidelines.find((key) => key === guideline);
  const ground = known === undefined ? [] : [translate(language, `guideline.${known}.explanation`)];
  return [...ground, translate(language, 'automation.explanation')].join(' ');
}
