import type { NewGuideline } from '../contract/guideline.ts';
import { interfaceLanguages, translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { startingCategories, startingGuidelines } from '../contract/startingGuidelines.ts';
import { addGuidelineVersion } from '../record/guidelines.ts';
import { insertSite } from '../record/sites.ts';
import type { Store } from '../record/store.ts';
import { inTransaction } from '../storage/database.ts';

/** Creates a site with the guidelines every site starts with, in every language of the interface, in one transaction.
 *  Undefined when the key is taken. */
export async function createSite(store: Store, site: Omit<Site, 'settings'>, at: Date): Promise<Site | undefined> {
  return inTransaction(store.writer, async (transaction) => {
    const created = await insertSite(transaction, site, at);
    if (!created) return undefined;
    for (const guideline of makeStartingGuidelines()) {
      await addGuidelineVersion(transaction, site.site, { ...guideline, at, actor: 'operator' });
    }
    return created;
  });
}

function makeStartingGuidelines(): readonly NewGuideline[] {
  return startingGuidelines.map((key, index) => ({
    key,
    version: 1,
    position: index + 1,
    titles: inEveryLanguage((language) => translate(language, `guideline.${key}.title`)),
    wordings: inEveryLanguage((language) => translate(language, `guideline.${key}.wording`)),
    category: startingCategories[key],
    retired: false,
  }));
}

function inEveryLanguage(text: (language: string) => string): Record<string, string> {
  return Object.fromEntries(interfaceLanguages.map((language) => [language, text(language)]));
}
