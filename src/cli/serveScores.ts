import { startScoreOnly } from '../server/scoreOnly.ts';
import { readProcessSettings, takeScoreKeys } from './environment.ts';
import { openModel } from './model.ts';
import { printLine } from './print.ts';
import { readVersion } from './version.ts';
import { waitForStop } from './waitForStop.ts';

// Below it a key can be tried out by whoever reaches the endpoint.
const shortestKey = 16;

/** `stet serve --score-only`: the scoring endpoint by itself, with the keys of STET_SCORE_KEYS. Touches no database and no
 *  data folder. Throws a SettingsProblem, before it listens, when there is no key or no model. */
export async function serveScores(): Promise<void> {
  const stopped = waitForStop();
  const settings = readProcessSettings();
  const keys = takeScoreKeys();
  const short = keys.filter((key) => key.length < shortestKey).length;
  if (short > 0) {
    process.stderr.write(
      `stet: ${short} of ${keys.length} keys in STET_SCORE_KEYS have fewer than ${shortestKey} characters and can be guessed (openssl rand -hex 24 makes a good one).\n`,
    );
  }
  openModel();
  const server = await startScoreOnly({ settings, keys, version: readVersion() });
  printLine(`Stet scores at ${server.publicUrl}/v1alpha1/comments:analyze`);
  await stopped;
  const failed = await server.close();
  if (failed.length > 0) throw new Error(`these did not end as they should: ${failed.join(', ')}`);
}
