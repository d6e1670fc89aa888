import type { Site } from '../../contract/site.ts';

/** The site that the first `npm start` creates: an invented newspaper of an invented town, in English, Sorani and
 *  Arabic. Its stories, in `stories/`, were written for this project; the start prints the address of `welcome`. */
export const sampleSite: Omit<Site, 'settings'> = { site: 'sample', name: 'Ruwan', language: 'en', origins: [] };
