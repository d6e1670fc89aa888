import type { VNode } from 'preact';
import { useDesk } from './useDesk.ts';

/** Says what just happened, seen and heard. The strip stays in the page, since a live region that comes with its first
 *  words is not read out. */
export function NoticeStrip(): VNode {
  const { state } = useDesk();
  const { number, tone, text } = state.notice;
  return (
    <div class="notice" role="status" aria-live="polite" data-tone={tone}>
      {text !== '' && <p key={number}>{text}</p>}
    </div>
  );
}
