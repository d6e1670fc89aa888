import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const iterations = 4096;

/** A password as PostgreSQL keeps it (SCRAM-SHA-256, RFC 5803), so that `create role` never carries the password itself
 *  past a statement log. `salt` is 16 bytes or more. */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
