import type { Ruleset } from '../screening/types.ts';
import type { Site } from './site.ts';

/** What a site adds to the shipped word lists, wherever its texts are screened: at intake, by `stet screen --site` and at
 *  the scoring endpoint. */
export function rulesOfSite({ origins }: Site): Ruleset {
  return { origins };
}
