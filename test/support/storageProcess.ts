// A process of its own that opens the database of a folder, says so, and closes it when its standard input ends. Tests
// kill it, or start two at once.
import { openDatabase } from '../../src/storage/database.ts';
import { prepareDataFolder, readSecret } from '../../src/storage/dataFolder.ts';
import { StorageProblem } from '../../src/storage/problem.ts';

const dataFolder = process.argv[2] ?? '';
try {
  await prepareDataFolder(dataFolder);
  const database = await openDatabase({ dataFolder, secret: await readSecret(dataFolder) });
  console.log('open');
  for await (const _ of process.stdin);
  await database.close();
  console.log('closed');
} catch (error) {
  if (!(error instanceof StorageProblem)) throw error;
  console.log(`problem ${error.kind}: ${error.message} ${error.mend}`);
  process.exitCode = error.exitCode;
}
