/** What one installation's environment says wrongly, in a sentence that names the mend. */
export class SettingsProblem extends Error {
  override readonly name = 'SettingsProblem';
  /** EX_CONFIG of BSD's sysexits.h. */
  readonly exitCode = 78;
}
