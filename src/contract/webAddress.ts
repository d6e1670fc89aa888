/** Whether the text is an absolute http or https address, so that it may stand in `href` or `src`. */
export function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}
