type Attributes = Readonly<Record<string, string | null | undefined>>;

/** An element with attributes and children. Texts become text nodes; an attribute without a value is left out. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string | null | undefined | false)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value != null) element.setAttribute(key, value);
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

/** A sentence around an element that takes the one place in it. */
export function fill(sentence: string, place: Node): (Node | string)[] {
  const [before = '', after = ''] = sentence.split(/\{\w+\}/);
  return [before, place, after];
}

/** A sentence around a name that stands isolated from it. */
export function around(sentence: string, name: string): (Node | string)[] {
  return fill(sentence, make('bdi', {}, name));
}
