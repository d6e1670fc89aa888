/** So much of a text goes into an address: percent-encoded it grows ninefold, and servers take some 16 KB of one. */
const mostCodePoints = 1500;

/** The address at which a text is translated, of a template with `{text}`, `{from}` and `{to}` (`desk.translate`); undefined
 *  without one, for a template that is no https address, and where both languages are the same. A language that was not
 *  recognised is `auto`. */
export function translateAddress(
  template: string,
  text: string,
  [from, to]: readonly [string, string],
): string | undefined {
  if (template === '' || from.split('-')[0] === to.split('-')[0]) return undefined;
  const values: Readonly<Record<string, string>> = {
    text: [...text].slice(0, mostCodePoints).join('').toWellFormed(),
    from: from === 'und' ? 'auto' : from,
    to,
  };
  const filled = template.replace(/\{(text|from|to)\}/g, (_, place: string) => encodeURIComponent(values[place] ?? ''));
  const address = URL.parse(filled);
  return address?.protocol === 'https:' && address.username === '' ? address.href : undefined;
}
