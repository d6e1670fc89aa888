import type { Principal } from '../../src/contract/principal.ts';
import type { Desk } from './desk.ts';

const news = { site: 'harbour', sections: ['politics', 'news'] };

/** Everybody whom the desk has to tell apart. */
export const everyone = [
  'nobody',
  'a principal without accounts',
  'a program for stories',
  'a program for scores',
  'a program for the desk',
  'a moderator of another site',
  'an admin of another site',
  'a moderator',
  'an editor',
  'an admin',
  'a moderator of the section',
  'an editor of the section',
  'a moderator of another section',
  'an editor who signed in long ago',
  'a moderator of both',
];

/** What those are always answered who have nothing to do at a desk. */
export const strangers: Record<string, string> = {
  nobody: 'credentials_missing',
  'a principal without accounts': 'not_allowed',
  'a program for stories': 'not_allowed',
  'a program for scores': 'not_allowed',
};

/** One principal of each kind, with accounts on the sites `harbour` and `valley`. */
export async function makePrincipals(desk: Desk): Promise<Record<string, Principal | undefined>> {
  const principals: Record<string, Principal | undefined> = {};
  principals['nobody'] = undefined;
  principals['a principal without accounts'] = { kind: 'person', accounts: [] };
  principals['a program for stories'] = await desk.program('harbour', 'stories');
  principals['a program for scores'] = await desk.program('harbour', 'score');
  principals['a program for the desk'] = await desk.program('harbour', 'desk');
  principals['a moderator of another site'] = await desk.person('Vera', 'moderator', 'valley');
  principals['an admin of another site'] = await desk.person('Vito', 'admin', 'valley');
  principals['a moderator'] = await desk.person('Ada', 'moderator', 'harbour');
  principals['an editor'] = await desk.person('Eli', 'editor', 'harbour');
  principals['an admin'] = await desk.person('Ann', 'admin', 'harbour');
  principals['a moderator of the section'] = await desk.limited('Nia', 'moderator', news);
  principals['an editor of the section'] = await desk.limited('Noa', 'editor', news);
  principals['a moderator of another section'] = await desk.limited('Pia', 'moderator', {
    ...news,
    sections: ['sport'],
  });
  principals['an editor who signed in long ago'] = {
    ...(await desk.person('Old', 'editor', 'harbour')),
    isProven: false,
  };
  principals['a moderator of both'] = await desk.person('Bo', 'moderator', 'harbour', 'valley');
  return principals;
}
