import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Finding } from '../../../screening/types.ts';
import { FindingNote } from './FindingNote.tsx';

/** Where an underlined stretch lies within the comment, in CSS pixels, and what was found there. */
export type Place = { findings: readonly number[]; start: number; end: number; bottom: number };

export type ReasonProps = { place: Place; findings: readonly Finding[]; dir: 'ltr' | 'rtl'; onLeave: () => void };

/** The reason for an underline, right below it: it begins where the underline begins, and stays within the comment. */
export function Reason({ place, findings, dir, onLeave }: ReasonProps): VNode {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const note = ref.current;
    const room = note?.parentElement?.clientWidth ?? 0;
    if (!note) return;
    const wanted = dir === 'rtl' ? place.end - note.offsetWidth : place.start;
    note.style.left = `${Math.max(0, Math.min(wanted, room - note.offsetWidth))}px`;
    note.style.top = `${place.bottom}px`;
  }, [place, dir]);
  return (
    <div class="reason" ref={ref} onPointerLeave={onLeave}>
      {place.findings.map((number) => {
        const finding = findings[number];
        return finding && <FindingNote key={number} finding={finding} />;
      })}
    </div>
  );
}
