import { readScoreKeys, readSettings, type Settings } from '../config/settings.ts';

/** The settings of this process. This file alone reads the environment; everything else is handed what it needs. */
export function readProcessSettings(): Settings {
  return readSettings(process.env);
}

/** STET_SECRET, or undefined where the secret is kept in the data folder. */
export function readGivenSecret(): string | undefined {
  return process.env['STET_SECRET'] || undefined;
}

/** STET_MODEL, or undefined where the shipped model is used. */
export function readGivenModel(): string | undefined {
  return process.env['STET_MODEL'] || undefined;
}

/** The keys of STET_SCORE_KEYS, and takes them out of the environment: a report of this process or a child of it would
 *  tell them. Throws a SettingsProblem without one. */
export function takeScoreKeys(): readonly string[] {
  const keys = readScoreKeys(process.env);
  delete process.env['STET_SCORE_KEYS'];
  return keys;
}
