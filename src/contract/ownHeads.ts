/** Where a site's own heads stand below STET_DATA: `stet train` writes them there, and the servers read them. */
export function headsFolderOf(site: string): string {
  return `heads/${site}`;
}

/** The file in that folder. */
export const headsFile = 'heads.json';
