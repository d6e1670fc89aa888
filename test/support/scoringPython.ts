import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AnalyzeBody, Detail } from './scoring.ts';

/** A Python that has googleapiclient: the first on the path, or the system's, where Debian's python3-googleapi is
 *  installed. Undefined without one. */
export function findPython(): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (program) => spawnSync(program, ['-c', 'import googleapiclient.discovery']).status === 0,
  );
}

const script = `
import inspect, json, sys
from googleapiclient import discovery, errors
asked = json.load(sys.stdin)
# Versions before 2 know no document of their own to leave aside.
newer = {'static_discovery': False} if 'static_discovery' in inspect.signature(discovery.build).parameters else {}
client = discovery.build('commentanalyzer', 'v1alpha1', developerKey=asked['key'],
                         discoveryServiceUrl=asked['url'], **newer)
answer = client.comments().analyze(body=asked['good']).execute()
try:
    client.comments().analyze(body=asked['bad']).execute()
except errors.HttpError as error:
    details = json.loads(error.content)['error']['details']
    print(json.dumps({'answer': answer, 'status': int(error.resp.status), 'details': details}))
`;

/** What googleapiclient makes of one request that is answered and one that is refused. */
export async function askWithPython(
  python: string,
  asked: { url: string; key: string; good: object; bad: object },
): Promise<{ answer: AnalyzeBody; status: number; details: Detail[] }> {
  const child = spawn(python, ['-c', script], { env: { ...process.env, NO_PROXY: '*', no_proxy: '*' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (output += part));
  }
  child.stdin.end(JSON.stringify(asked));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Python ended with ${code}: ${output}`);
  return JSON.parse(output) as { answer: AnalyzeBody; status: number; details: Detail[] };
}
