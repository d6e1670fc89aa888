/** Who wrote a comment, where more is known than a name: an account of the publisher, one that the newsroom lists as its
 *  own people's, or whoever holds the key under which a name is protected. */
export type SpeakerKind = 'account' | 'staff' | 'name';

/** A reader whom the publisher, or the identity provider that it names, vouches for. */
export type ReaderAccount = {
  /** A MAC of the account's identifier, as hex. The identifier itself is kept nowhere. */
  account: string;
  name: string;
  isStaff: boolean;
  /** Of a token that holds for one comment: its digest as hex, and until when it would hold. */
  once?: { token: string; until: Date };
};

/** The field of a submission that carries the token of an account, and the one that proves who holds a name's key. */
export const speakerFields = { account: 'account', holder: 'holder' } as const;

/** What stands in the field `account` where the account is that of the sign-in at the site's provider, whose cookie the browser
 *  sends: without it the comment is refused, and not written under no account. */
export const signedInHere = 'session';

/** How long a reader stays signed in, in hours. */
export const readerSessionHours = 12;

/** What a reader's own browser is told of them: the name of their account, null where nobody is signed in. */
export type ReaderSession = { name: string | null };

/** The longest token. */
export const accountTokenLength = 4096;

/** The longest life of a token, in hours, and how far clocks may differ, in seconds. */
export const accountTokenHours = 24;
export const clockSeconds = 60;

/** What the key of a protected name signs: this comment, under this name, sent once. The parts hold no line ends but the
 *  name, which comes as a digest like the text (both SHA-256 of UTF-8, in hex). */
export function nameStatement(of: {
  site: string;
  story: string;
  submission: string;
  nameSha256: string;
  sha256: string;
}): string {
  return ['stet name 1', of.site, of.story, of.submission, of.nameSha256, of.sha256].join('\n');
}

/** How far the time of a release may lie from the server's, in hours: clocks of readers are wrong. */
export const releaseHours = 24;

/** What the key of a browser signs to give up every name that it protects on a site. `at` is ISO 8601, so that a signature
 *  that somebody overheard is worth nothing later. */
export function releaseStatement({ site, at }: { site: string; at: string }): string {
  return ['stet release 1', site, at].join('\n');
}
