import type { SafeHtml } from '../contract/html.ts';

// XML 1.0 §2.2: a parser has to refuse the whole document for one of the others, even escaped.
const refusedInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The document as text, with U+FFFD for characters that XML cannot hold. Comments have none; a story may. The five
 *  escapes of the `html` template are XML's as well. */
export function finishXml(root: SafeHtml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.toString().replaceAll(refusedInXml, '\ufffd')}\n`;
}
