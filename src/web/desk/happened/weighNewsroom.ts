import type { Approval } from '../../../contract/statistics.ts';

/** What can be said of how often comments about the newsroom are approved beside all others: `less` or `more` only where the
 *  two 95 % intervals do not meet, `few` where one of them is not known. Pure. */
export function weighNewsroom(
  rows: readonly ({ about: 'newsroom' | 'other' } & Approval)[],
): 'few' | 'less' | 'more' | 'alike' {
  const newsroom = rows.find(({ about }) => about === 'newsroom');
  const other = rows.find(({ about }) => about === 'other');
  if (!newsroom || !other) return 'few';
  if (newsroom.low === null || newsroom.high === null || other.low === null || other.high === null) return 'few';
  if (newsroom.high < other.low) return 'less';
  return newsroom.low > other.high ? 'more' : 'alike';
}
