import { runCommand } from './commands.ts';
import { reportProblem } from './problems.ts';

// `stet screen | head`: whoever reads has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await runCommand(process.argv.slice(2)).then(
  () => 0,
  (error: unknown) => reportProblem(error, (line) => void process.stderr.write(`${line}\n`)),
);
