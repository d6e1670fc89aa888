import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readHeader, type Answer, type Call } from '../contract/http.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import type { Site } from '../contract/site.ts';
import { makeEtag, namesEtag } from '../publication/page.ts';

/** What pages of publishers name the family by. */
export const fontFamily = 'Stet Arabic';

// Vazirmatn (SIL Open Font License 1.1) has every letter of Sorani, Arabic and Persian in all weights in 46 KB, where Noto Naskh
// Arabic takes 94 KB. `fallback`: on a slow line the first page is read in the reader's own face and nothing moves under their
// eyes; the next page has it. Pages without a letter of these ranges never ask for the file.
const style = `@font-face {
  font-family: '${fontFamily}';
  font-weight: 100 900;
  font-display: fallback;
  src: url('vazirmatn.woff2') format('woff2');
  unicode-range: U+0600-06FF, U+0750-077F, U+0870-088E, U+0897-08FF, U+200C-200D, U+FB50-FDFF, U+FE70-FEFC;
}
:root {
  --stet-arabic: '${fontFamily}',;
}
`;

type Font = { type: string; body: Uint8Array; etag: string };

const files: Record<string, { type: string; read: () => Uint8Array }> = {
  'arabic.css': { type: 'text/css; charset=utf-8', read: () => new TextEncoder().encode(style) },
  'vazirmatn.woff2': {
    type: 'font/woff2',
    read: () =>
      readFileSync(
        fileURLToPath(import.meta.resolve('@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2')),
      ),
  },
};

// Read when first asked for, since most sites serve none, and then kept.
const opened = new Map<string, Font>();

/** `GET /fonts/:name`: a local style sheet with a face that has the letters of Sorani, and its file, for the pages here and of
 *  publishers. The same for everybody, and asked after again when thirty days old. */
export function getFont(call: Call): Answer {
  const name = call.params['name'] ?? '';
  const font = opened.get(name) ?? openFont(name);
  if (!font) return { outcome: 'refused', refusal: { reason: 'not_found' } };
  const headers = {
    'content-type': font.type,
    'cache-control': 'public, max-age=2592000',
    etag: font.etag,
    // Browsers fetch a font by CORS, whoever's page it is for.
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  if (namesEtag(readHeader(call, 'if-none-match'), font.etag)) return { outcome: 'answered', status: 304, headers };
  return { outcome: 'answered', status: 200, headers, body: font.body };
}

function openFont(name: string): Font | undefined {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!file) return undefined;
  const body = file.read();
  const font = { type: file.type, body, etag: makeEtag(body) };
  opened.set(name, font);
  return font;
}

/** The tag that loads the face on a page of a site that wants it. */
export function loadFont(site: Site | undefined): SafeHtml | false {
  return site?.settings['page.font'] === 'served' && html`<link rel="stylesheet" href="/fonts/arabic.css">`;
}
