import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { reportProblem } from './problems.ts';

// `stet screen | head`: whoever reads has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
// Halves a start. In the checkout and not in the folder for temporary files, where another user of the machine could leave
// compiled code for us; and before the modules are loaded that it is for.
module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)));
const { runCommand } = await import('./commands.ts');
process.exitCode = await runCommand(process.argv.slice(2)).then(
  () => 0,
  (error: unknown) => reportProblem(error, (line) => void process.stderr.write(`${line}\n`)),
);
