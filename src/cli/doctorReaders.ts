import type { Settings } from '../config/settings.ts';
import { openOnnxReader } from '../readers/onnx/onnxReader.ts';
import { mostAttempts } from '../readers/turns.ts';
import { countQuestions } from '../record/secondReadings.ts';
import { listSites } from '../record/sites.ts';
import type { Store } from '../record/store.ts';
import type { Finding } from './doctor.ts';

/** What the doctor says of second readers: nothing on an installation that has none and no site that wants one. The chat
 *  server is not asked: a question costs, and its failures are counted where they happen. */
export async function examineReaders(store: Store, { chatReader, onnxFolder }: Settings): Promise<readonly Finding[]> {
  const wanting = (await listSites(store)).filter(({ settings }) => settings.secondReader === 'on');
  const hasNone = chatReader === undefined && onnxFolder === undefined;
  if (hasNone) return wanting.map(({ site }) => withoutReader(site));
  const day = new Date().toISOString().slice(0, 10);
  const { asked, givenUp } = await countQuestions(store, { day, mostAttempts });
  const findings: Finding[] = [];
  if (chatReader !== undefined) {
    const host = new URL(chatReader.url).host;
    const total = asked.filter(({ reader }) => reader === 'chat').reduce((sum, row) => sum + row.asked, 0);
    const most = `at most ${chatReader.daily} for each site`;
    findings.push({ what: `second reader ${chatReader.model} at ${host}: ${total} questions today, ${most}` });
  }
  if (onnxFolder !== undefined) findings.push(await examineFolder(onnxFolder));
  if (wanting.length === 0) {
    findings.push({
      what: 'no site uses the second reader (`npx stet site set KEY secondReader=on`)',
    });
  }
  if (givenUp > 0) {
    findings.push({
      what: `${givenUp} held comments were given up by a second reader after ${mostAttempts} failures`,
      mend: 'the column last_failure of the table second_reading_turn says why (docs/guide/second-reader.md)',
    });
  }
  return findings;
}

function withoutReader(site: string): Finding {
  return {
    what: `the site ${site} wants a second reader, and there is none`,
    mend: 'set STET_READER_URL and STET_READER_MODEL, or STET_READER_ONNX (docs/guide/second-reader.md)',
  };
}

async function examineFolder(folder: string): Promise<Finding> {
  const opened = await openOnnxReader(folder);
  if (opened.outcome === 'opened') return { what: `second reader ${opened.reader.model} in ${folder}` };
  return { what: `the second reader in ${folder} cannot be used`, mend: opened.sentence };
}
