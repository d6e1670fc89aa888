import { readFileSync, writeFileSync } from 'node:fs';
import type { Gap, Quality } from './quality.ts';

/** All that is measured. */
export type Tables = {
  development: readonly Quality[];
  contrast: readonly Quality[];
  checks: readonly Quality[];
  spans: { development: number; checks: number };
  gaps: readonly Gap[];
  promotion: { count: number; flagged: number };
  relevance: readonly { lang: string; count: number; area: number }[];
};

/** The tables as Markdown. */
export function renderTables(tables: Tables): string {
  const { development, contrast, checks, spans, gaps, promotion, relevance } = tables;
  return [
    '### Checks: comments written apart from the training text',
    renderQuality(checks),
    '### Development rows of the sources',
    renderQuality(development),
    '### Contrast sets that were held out',
    renderQuality(contrast),
    '### The words that bear a breach',
    `Mean F1 of characters: ${figure(spans.development)} on English news comments, ${figure(spans.checks)} on the checks.`,
    '### Ordinary comments taken for promotion',
    `${promotion.flagged} of ${promotion.count} (${percent(promotion.flagged, promotion.count)}).`,
    '### Relevance: a comment’s own story against another',
    relevance.map(({ lang, count, area }) => `${lang}: area ${figure(area)} (${count} pairs).`).join(' '),
    '### False alarms on harmless texts, by the group they name',
    renderGaps(gaps),
  ].join('\n\n');
}

/** Puts the tables into the card between its two marks, and the figures into quality.json for whoever shows them. */
export function writeCard(tables: Tables): void {
  const card = new URL('../src/screening/model/CARD.md', import.meta.url);
  const [before = '', , after = ''] = readFileSync(card, 'utf8').split(/<!-- measured -->|<!-- end -->/);
  writeFileSync(card, `${before}<!-- measured -->\n\n${renderTables(tables)}\n\n<!-- end -->${after}`);
  const quality = tables.checks.map(({ lang, head, count, breaches, area, macroF1, precision, recall }) => {
    return {
      lang,
      head,
      count,
      breaches,
      area: Number(figure(area)),
      macroF1: Number(figure(macroF1)),
      precision: Number(figure(precision)),
      recall: Number(figure(recall)),
    };
  });
  writeFileSync(new URL('../src/screening/model/quality.json', import.meta.url), `${JSON.stringify(quality)}\n`);
}

function renderQuality(rows: readonly Quality[]): string {
  const lines = rows.map((row) => {
    const { source, lang, head, count, breaches, area, macroF1, accuracy, precision, recall, falseAlarms } = row;
    const figures = [area, macroF1, accuracy, precision, recall, falseAlarms].map(figure).join(' | ');
    return `| ${source} | ${lang} | ${head} | ${breaches} of ${count} | ${figures} |`;
  });
  return [
    '| texts | language | score | breaches | area | macro-F1 | accuracy | precision | recall | false alarms |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

function renderGaps(gaps: readonly Gap[]): string {
  const groups = [...new Set(gaps.map(({ group }) => group))].sort();
  const languages = [...new Set(gaps.map(({ lang }) => lang))];
  const lines = languages.map((lang) => {
    const cells = groups.map((group) => {
      const gap = gaps.find((one) => one.lang === lang && one.group === group);
      return gap === undefined || gap.count < 10 ? '' : percent(gap.alarms, gap.count);
    });
    return `| ${lang} | ${cells.join(' | ')} |`;
  });
  return [`| | ${groups.join(' | ')} |`, `|---|${groups.map(() => '---').join('|')}|`, ...lines].join('\n');
}

function figure(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(3);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}
