import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { headsFile, headsFolderOf } from '../contract/ownHeads.ts';
import { listDecidedTexts } from '../record/taught.ts';
import { fitHeads, modelVersion, type OwnHeads, readTaught } from '../screening/index.ts';
import { readArguments, requireSite, type Arguments } from './arguments.ts';
import { measureHeads, type Measured } from './measureHeads.ts';
import { openModel } from './model.ts';
import { openOwnHeads } from './ownHeads.ts';
import { withInstallation } from './open.ts';
import { printLine } from './print.ts';
import { UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';
import { lookAtAll, readDecisionFiles, type Read, type Seen } from './taught.ts';

const trainUsage = 'stet train DECISIONS.jsonl[.gz]… --out DIR, or stet train --site KEY [--out DIR]';
const evaluateUsage = 'stet evaluate DECISIONS.jsonl[.gz]… [--model DIR], or stet evaluate --site KEY [--model DIR]';

/** The share of decisions, the newest ones, that fitting does not see while it is measured. */
const HELD_OUT = 0.2;

/** `stet train`: fits the scores on a newsroom's own decisions on top of the shipped model. Prints as JSON what the newest
 *  fifth says of it, and writes heads.json and CARD.md; with --site and no --out where the servers find them. */
export async function train(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { out: { type: 'string' }, site: { type: 'string' } }, trainUsage);
  const out = read.read('out');
  if (read.read('site') === undefined && out === undefined) throw new UsageProblem(`Where to? Usage: ${trainUsage}`);
  openModel();
  const { decisions, folder } = await gather(read, trainUsage);
  const { learnt, heldOut } = splitByTime(decisions.seen);
  const tried = fitHeads(learnt, modelVersion());
  const shipped = measureHeads(heldOut);
  const own = measureHeads(heldOut, tried);
  const heads = fitHeads(decisions.seen, modelVersion());
  const target = out ?? folder;
  if (target === undefined) throw new UsageProblem(`Where to? Usage: ${trainUsage}`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  await writeHeads(target, heads);
  await writeFile(path.join(target, 'CARD.md'), describeHeads(heads, { shipped, own, decisions }));
  const { seen, unknownLanguage, broken } = decisions;
  printLine(
    JSON.stringify(
      {
        decisions: seen.length,
        unknownLanguage,
        broken,
        heldOut: heldOut.length,
        fitted: countHeads(heads),
        shipped,
        own,
        written: target,
      },
      null,
      2,
    ),
  );
}

/** `stet evaluate`: precision and recall by guideline and language on the newest fifth of the decisions, or on those after
 *  the last one that the heads of --model have seen. */
export async function evaluate(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { model: { type: 'string' }, site: { type: 'string' } }, evaluateUsage);
  openModel();
  const model = read.read('model');
  const heads = model === undefined ? undefined : await openOwnHeads(model);
  const { decisions } = await gather(read, evaluateUsage);
  const unseen =
    heads?.until === undefined ? [] : decisions.seen.filter(({ at }) => at !== undefined && at > (heads.until ?? ''));
  const isUnseen = heads === undefined || unseen.length > 0;
  const heldOut = unseen.length > 0 ? unseen : splitByTime(decisions.seen).heldOut;
  const measured = measureHeads(heldOut, heads);
  const { broken, unknownLanguage } = decisions;
  const note = isUnseen ? {} : { note: 'these decisions may be among those the heads were fitted on' };
  printLine(
    JSON.stringify(
      { model: modelVersion(), heldOut: heldOut.length, unknownLanguage, broken, ...note, measured },
      null,
      2,
    ),
  );
}

/** Written aside and renamed, so that a server never reads half of it. */
async function writeHeads(folder: string, heads: OwnHeads): Promise<void> {
  const file = path.join(folder, headsFile);
  await writeFile(`${file}.new`, `${JSON.stringify(heads)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function gather(read: Arguments, usage: string): Promise<{ decisions: Read; folder?: string }> {
  if (read.read('site') === undefined) {
    if (read.positionals.length === 0) throw new UsageProblem(`Which decisions? Usage: ${usage}`);
    return { decisions: await readDecisionFiles(read.positionals) };
  }
  const key = requireSite(read);
  return withInstallation(async ({ store, settings }) => {
    await requireKnownSite(store, key);
    const read = (await listDecidedTexts(store, key)).map((one) =>
      readTaught({ ...one, guideline: one.guideline ?? undefined }),
    );
    const taught = read.filter((one) => typeof one !== 'string');
    if (taught.length === 0) throw new UsageProblem(`Nothing was decided on ${key} yet.`);
    return {
      decisions: { ...lookAtAll(taught), broken: 0 },
      folder: path.join(settings.dataFolder, headsFolderOf(key)),
    };
  });
}

function splitByTime(seen: readonly Seen[]): { learnt: readonly Seen[]; heldOut: readonly Seen[] } {
  const at = Math.floor(seen.length * (1 - HELD_OUT));
  return { learnt: seen.slice(0, at), heldOut: seen.slice(at) };
}

function countHeads({ heads }: OwnHeads): number {
  return Object.values(heads).reduce((sum, byHead) => sum + Object.keys(byHead).length, 0);
}

type Described = { shipped: readonly Measured[]; own: readonly Measured[]; decisions: Read };

function describeHeads(heads: OwnHeads, { shipped, own, decisions }: Described): string {
  const line = (one: Measured): string => {
    const before = shipped.find(({ guideline, lang }) => guideline === one.guideline && lang === one.lang);
    return `| ${one.lang} | ${one.guideline} | ${one.breaches} of ${one.decisions} | ${before?.precision ?? ''} → ${one.precision} | ${before?.recall ?? ''} → ${one.recall} | ${before?.area ?? ''} → ${one.area} |`;
  };
  return `# Own heads on ${heads.base}

Fitted by \`stet train\` on ${decisions.seen.length} decisions of this newsroom${heads.until === undefined ? '' : `, the last of ${heads.until}`}.
The table is of the newest fifth, measured before these were learnt from as well: shipped → own.

| language | score | breaches | precision | recall | area under the curve |
|---|---|---|---|---|---|
${own.map(line).join('\n')}
`;
}
