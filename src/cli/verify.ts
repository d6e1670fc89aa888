import { verifyRecord } from '../record/verify.ts';
import { refuseArguments } from './arguments.ts';
import { withInstallation } from './open.ts';
import { printLine } from './print.ts';
import { CommandProblem } from './problems.ts';

/** `stet verify`: holds the stored data to the promises; prints `ok`, or fails with the first thing that does not hold. */
export async function verify(args: readonly string[]): Promise<void> {
  refuseArguments(args, 'stet verify');
  await withInstallation(async ({ store }) => {
    const broken = await verifyRecord(store);
    if (broken !== undefined) throw new CommandProblem(broken);
    printLine('ok');
  });
}
