import type { VNode } from 'preact';
import type { QueueRow } from '../shapes.ts';
import { translateAddress } from '../translate.ts';
import { rulesOf } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** A link to wherever the site has comments translated. The text leaves the desk when somebody presses it and not before. */
export function TranslateLink({ row }: { row: QueueRow }): VNode | null {
  const { state, words } = useDesk();
  const address =
    row.text === null ? undefined : translateAddress(rulesOf(state).translate, row.text, [row.lang, state.language]);
  if (!address) return null;
  const host = new URL(address).host;
  return (
    <p class="translate small">
      <a href={address} target="_blank" rel="noopener noreferrer">
        {words('translate.link', { host })}
        <span class="unseen"> ({words('case.storyOpens')})</span>
      </a>{' '}
      <span class="faint">{words('translate.note', { host })}</span>
    </p>
  );
}
