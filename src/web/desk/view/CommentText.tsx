import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Finding } from '../../../screening/types.ts';
import { cutAtFindings } from '../segments.ts';
import { Reason, type Place } from './Reason.tsx';

export type CommentTextProps = {
  id: string;
  text: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  findings: readonly Finding[];
  veiled?: boolean;
};

/** The comment, large, in its own direction: text nodes only, underlined where screening found something. The reason comes
 *  up where the pointer or the focus is; Escape puts it away (WCAG 1.4.13). */
export function CommentText({ id, text, lang, dir, findings, veiled = false }: CommentTextProps): VNode {
  const frame = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const show = (mark: HTMLElement, over: readonly number[]): void => {
    const [line] = mark.getClientRects();
    const around = frame.current?.getBoundingClientRect();
    if (!line || !around) return;
    const { left, top } = around;
    setPlace({ findings: over, start: line.left - left, end: line.right - left, bottom: line.bottom - top });
  };
  return (
    <div
      class="comment"
      data-veiled={veiled ? '' : undefined}
      ref={frame}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !place) return;
        event.stopPropagation();
        setPlace(null);
      }}
    >
      <div id={id} class="comment-text" lang={lang === 'und' ? undefined : lang} dir={dir}>
        {cutAtFindings(text, findings).map((segment, index) =>
          segment.findings.length === 0 ? (
            segment.text
          ) : (
            <mark
              key={index}
              // The reason has to be reachable without a mouse, and a button would be read out in the middle of the words.
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              aria-describedby={segment.findings.map((number) => `finding-${number}`).join(' ')}
              onPointerEnter={(event) => show(event.currentTarget, segment.findings)}
              onPointerLeave={(event) => {
                if (!goesIntoReason(event)) setPlace(null);
              }}
              onFocus={(event) => show(event.currentTarget, segment.findings)}
              onBlur={() => setPlace(null)}
            >
              {segment.text}
            </mark>
          ),
        )}
      </div>
      {place && <Reason place={place} findings={findings} dir={dir} onLeave={() => setPlace(null)} />}
    </div>
  );
}

/** Whether the pointer goes from the underline into its reason, which has to stay then (WCAG 1.4.13). */
function goesIntoReason({ relatedTarget }: PointerEvent): boolean {
  return relatedTarget instanceof Element && relatedTarget.closest('.reason') !== null;
}
