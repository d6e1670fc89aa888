// `npm run scoring-table`: writes what docs/guide/from-perspective.md says of the attributes between its two marks, out of
// the registry, the engine and src/screening/model/quality.json. To be run when one of them has changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { readQuality } from '../src/scoring/quality.ts';
import { renderAttributes } from '../src/scoring/table.ts';
import { screen } from '../src/screening/index.ts';

const page = new URL('../docs/guide/from-perspective.md', import.meta.url);
const [before = '', , after = ''] = readFileSync(page, 'utf8').split(/<!-- measured -->|<!-- end -->/);
const table = renderAttributes(screen, readQuality());
writeFileSync(page, `${before}<!-- measured -->\n\n${table}\n\n<!-- end -->${after}`);
