/** An element as it was written, with its attributes and texts unescaped. */
export type Element = { name: string; attributes: Record<string, string>; children: (Element | string)[] };

const token = /<\?xml[^<>]*\?>|<(\/?)([A-Za-z][\w:]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*(\/?)>|([^<>]+)/y;
const attribute = /([\w:-]+)="([^"]*)"/g;
const reference = /&(amp|lt|gt|quot|#39);/g;
const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Reads markup whose elements are all closed, strictly: XML, and the fragment, which is written as tidily. Throws for a
 *  bare `<`, `>` or `&`, an unquoted attribute, or elements that do not nest. */
export function readMarkup(markup: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  for (token.lastIndex = 0; token.lastIndex < markup.length;) {
    const at = token.lastIndex;
    const found = token.exec(markup);
    const inside = open.at(-1);
    if (!found || !inside) throw new Error(`not well-formed at: ${markup.slice(at, at + 80)}`);
    const [whole, closing, name = '', attributes = '', empty, text] = found;
    if (text !== undefined) inside.children.push(unescape(text));
    else if (whole.startsWith('<?')) continue;
    else if (closing) {
      if (inside.name !== name) throw new Error(`</${name}> closes <${inside.name}>`);
      open.pop();
    } else {
      const read = [...attributes.matchAll(attribute)].map(([, key = '', value = '']) => [key, unescape(value)]);
      const element: Element = { name, attributes: Object.fromEntries(read), children: [] };
      inside.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is never closed`);
  return root;
}

function unescape(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`a bare ampersand: ${text.slice(0, 80)}`);
  return text.replace(reference, (_, name: string) => characters[name] ?? '');
}

/** Every element under this one, in the order of the text. */
export function allElements({ children }: Element): Element[] {
  return children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...allElements(child)]));
}

/** Elements by name, or by class (`.comment-text`). */
export function findAll(root: Element, selector: string): Element[] {
  return allElements(root).filter(({ name, attributes }) =>
    selector.startsWith('.') ? attributes['class'] === selector.slice(1) : name === selector,
  );
}

/** All text inside. */
export function textOf({ children }: Element): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
