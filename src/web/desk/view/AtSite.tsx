import type { ComponentChildren, VNode } from 'preact';
import { accountHere, askedSite, everySite } from '../state.ts';
import type { QueueRow } from '../shapes.ts';
import { DeskContext, useDesk } from './useDesk.ts';

/** Around whatever is about a comment: inside, the site is the comment's own, with its guidelines and one's rights there,
 *  and not the one that was chosen last. */
export function AtSite({ site, children }: { site: string | undefined; children: ComponentChildren }): VNode {
  const view = useDesk();
  const { state } = view;
  const isOther = site !== undefined && site !== state.site;
  return (
    <DeskContext.Provider value={isOther ? { ...view, state: { ...state, site } } : view}>
      {children}
    </DeskContext.Provider>
  );
}

/** The name of the comment's site, where comments of several are listed. */
export function SiteName({ row }: { row: QueueRow }): VNode | null {
  const { state } = useDesk();
  if (askedSite(state) !== everySite) return null;
  return (
    <span class="of-site">
      <bdi>{accountHere(state, row.site)?.siteName ?? row.site}</bdi>
    </span>
  );
}
