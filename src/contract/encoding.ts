/** The codings in which an answer may be sent, the tightest first. */
export type Encoding = (typeof encodings)[number];

const encodings = ['br', 'gzip'] as const;

/** The first coding that an Accept-Encoding names and gives no weight of 0 (RFC 9110 §12.5.3), or undefined: then the
 *  answer is sent as it is. */
export function chooseEncoding(accepted: string): Encoding | undefined {
  const names = accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  return encodings.find((encoding) => names.includes(encoding));
}
