import { routes, type Route, type RouteName } from '../../src/contract/routes.ts';

/** What stands in the places of a route's path. */
export type Places = Partial<
  Record<'site' | 'story' | 'tag' | 'guideline' | 'version' | 'id' | 'comment' | 'name', string>
>;

const standard: Required<Places> = {
  site: 'sample',
  story: 'welcome',
  tag: 'council',
  guideline: 'attack',
  version: '1',
  id: '00000000-0000-4000-8000-000000000000',
  comment: '00000000-0000-4000-8000-000000000000',
  name: 'nothing.css',
};

/** The routes of the table with an address each, as a program would call them on the site of the tests. */
export function listAddresses(places: Places = {}): { name: RouteName; route: Route; address: string }[] {
  const filled: Record<string, string> = { ...standard, ...places };
  return Object.entries<Route>(routes).map(([name, route]) => ({
    name: name as RouteName,
    route,
    address: route.path.replace(/:(\w+)/g, (_, place: string) => encodeURIComponent(filled[place] ?? place)),
  }));
}
