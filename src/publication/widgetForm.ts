import { inLanguage } from '../contract/guideline.ts';
import type { Answer, Call } from '../contract/http.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { chooseInterface, translate } from '../contract/messages.ts';
import { nameKeeping } from '../contract/nameWords.ts';
import { ownWords } from '../contract/ownWords.ts';
import { isNoticing } from '../contract/siteSettings.ts';
import { nameCodePoints, textCodePoints } from '../contract/text.ts';
import { noticeWords, pageAccountWords, widgetFormWords, type WidgetForm } from '../contract/widgetForm.ts';
import type { Kept } from '../record/kept.ts';
import { findReadable, findUnsent, type Readable } from './findReadable.ts';
import { answerPage, makePage } from './page.ts';

/** `GET …/widget/form`: what the widget needs to let a reader write. Whether the comment is taken is intake's question. */
export async function answerWidgetForm(kept: Kept, call: Call): Promise<Answer> {
  const found = await findReadable(kept, call);
  if (found.outcome === 'found') return answerForm(kept, call, found);
  const unsent = await findUnsent(kept, call);
  return unsent ? answerForm(kept, call, unsent) : found;
}

async function answerForm(kept: Kept, call: Call, { site, story }: Readable): Promise<Answer> {
  const language = chooseInterface(story.language, site.language);
  const of = `/s/${site.site}`;
  const accounts = site.settings['reader.accounts'];
  const form: WidgetForm = {
    language,
    dir: directionOfLanguage(language),
    words: widgetFormWords(language),
    criticism: translate(language, 'form.criticism', { publisher: site.name }),
    nameHint: translate(language, 'form.nameHint', { most: nameCodePoints }),
    textHint: translate(language, 'form.textHint', { most: textCodePoints }),
    textMost: textCodePoints,
    guidelines: (await kept.listGuidelines(site.site)).map(({ key, titles }) => ({
      title: inLanguage(titles, language, site.language),
      href: `${of}/guidelines?lang=${language}#${key}`,
    })),
    privacy: `${of}/privacy?lang=${language}`,
    own: ownWords(language),
    dates: { pattern: site.settings['page.date'], timeZone: site.settings['page.timeZone'] },
    ...(isNoticing(site) && { notice: noticeWords(language) }),
    proof: site.settings['intake.proof'] === 'on',
    ...(site.settings['names.protect'] === 'on' && { names: nameKeeping(story, language) }),
    ...(accounts !== 'off' && { account: { required: accounts === 'required', words: pageAccountWords(language) } }),
  };
  // The same for every reader, whose own comments ask for it on each visit: compressed, and asked after.
  const body = JSON.stringify(form);
  const page = makePage({ body, contentType: 'application/json; charset=utf-8', value: undefined });
  return answerPage(page, call.headers['if-none-match']);
}
