import pg from 'pg';

// By class of SQLSTATE: connection and login, resources (a full disk among them), a state that passes, the operator's
// intervention, a system error; 25006 is a server that was a primary a moment ago.
const unavailable = /^(?:08|28|3D|53|55|57|58)|^25006$/;

// What pg and pg-pool say of connections that never came about or broke; they carry no code.
const lostConnection = /connect|terminat|timeout|closed|not queryable/i;

/** Whether the database could not be reached or could not write, so that trying later helps; false for a row that it
 *  will never take, and for mistakes of our own. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return unavailable.test(error.code ?? '');
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return false;
  return 'code' in error || lostConnection.test(error.message);
}
