import { readParameter, type Call } from '../contract/http.ts';
import { chooseInterface, interfaceLanguages } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';

/** What a reader chose by link and keeps while going on: without JavaScript there is only the address to keep it in. */
export type Choices = {
  /** The text size, 1–5. */
  size?: number | undefined;
  /** The language of pages that belong to no story, where it is not the site's: whoever reads a Sorani story on an
   *  English site finds its guidelines in Sorani. */
  lang?: string | undefined;
};

/** The choices in an address; what is none is passed over, since nobody types these by hand. */
export function readChoices(call: Call): Choices {
  const [size, lang] = [readParameter(call, 'size'), readParameter(call, 'lang')];
  return {
    ...(size.outcome === 'parsed' && /^[1-5]$/.test(size.value ?? '') ? { size: Number(size.value) } : {}),
    ...(lang.outcome === 'parsed' && interfaceLanguages.includes(lang.value ?? '') ? { lang: lang.value } : {}),
  };
}

/** The choices to go on with from a page in this language. */
export function keepLanguage({ size }: Choices, language: string, site: Site): Choices {
  return { size, lang: language === chooseInterface(site.language) ? undefined : language };
}

/** An address of this server with the choices in its query. */
export function withChoices(path: string, { size, lang }: Choices): string {
  const query = [lang !== undefined && `lang=${lang}`, size !== undefined && `size=${size}`].filter(
    (part) => part !== false,
  );
  if (query.length === 0) return path;
  const [before = '', fragment] = path.split('#');
  const chosen = `${before}${before.includes('?') ? '&' : '?'}${query.join('&')}`;
  return fragment === undefined ? chosen : `${chosen}#${fragment}`;
}
