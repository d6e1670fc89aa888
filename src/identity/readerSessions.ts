import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';
import type { Call } from '../contract/http.ts';
import { readerSessionHours } from '../contract/reader.ts';
import type { Site } from '../contract/site.ts';
import { addMinutes } from '../contract/time.ts';
import { deriveKey } from '../record/deriveKey.ts';
import { cookieHeader, readCookieValue } from './cookie.ts';
import { comesFromOwnPage } from './origin.ts';

/** Who is signed in, of readers. The server keeps nothing of it: the cookie itself says who, sealed under the installation's
 *  secret, so that neither the browser nor whoever finds it reads an identifier, and nobody makes one. */
export type ReaderSessions = {
  /** The header that signs a reader in at a site. */
  seal(site: Site, reader: { issuer: string; subject: string; name: string }, now: Date): Promise<string>;
  /** What the browser's cookie says, where it holds at this site, of the provider that the site has now. */
  open(site: Site, call: Call): Promise<JWTPayload | undefined>;
  /** The header that signs a reader out. */
  clear(site: Site): string;
};

/** `issuerOf` says which provider a site has. */
export function openReaderSessions(deps: {
  secret: string;
  publicUrl: string;
  issuerOf: (site: string) => string | undefined;
}): ReaderSessions {
  const key = deriveKey(deps.secret, 'reader session').export();
  const ownOrigins = [new URL(deps.publicUrl).origin];
  const audienceOf = ({ site }: Site): string => `${deps.publicUrl}/s/${site}`;
  // A site has its own: signing out of one, or in, says nothing at another on the same host.
  const write = ({ site }: Site, value: string, seconds: number): string =>
    cookieHeader({ name: nameOf(site), value, seconds, sameSite: 'Strict' });
  return {
    seal: async (site, { issuer, subject, name }, now) => {
      const value = await new EncryptJWT({ name })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience(audienceOf(site))
        .setExpirationTime(addMinutes(now, readerSessionHours * 60))
        .encrypt(key);
      return write(site, value, readerSessionHours * 3600);
    },
    open: async (site, call) => {
      const value = readCookieValue(call, nameOf(site.site));
      const issuer = deps.issuerOf(site.site);
      if (!value || issuer === undefined || !comesFromOwnPage(call, ownOrigins)) return undefined;
      const checks = {
        issuer,
        audience: audienceOf(site),
        currentDate: call.now,
        requiredClaims: ['sub', 'exp', 'name'],
      };
      const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
      return jwtDecrypt(value, key, { ...checks, ...algorithms }).then(
        ({ payload }) => payload,
        // Old, of another provider, or nothing of ours: nobody is signed in.
        () => undefined,
      );
    },
    clear: (site) => write(site, '', 0),
  };
}

function nameOf(site: string): string {
  return `__Host-stet-account-${site}`;
}
