import type { VNode } from 'preact';
import { takeVersion } from '../acts/rulebook.ts';
import { tellTime } from '../clock.ts';
import type { EditorProps } from './GuidelineEditor.tsx';
import { useDesk } from './useDesk.ts';

/** Every version of a guideline: who saved it and when, where it is public, and how to bring it back. */
export function GuidelineVersions({ open, isEditor }: EditorProps): VNode | null {
  const { desk, state, words } = useDesk();
  const { versions, base } = open;
  if (versions.length === 0) return null;
  return (
    <section class="versions" aria-labelledby="guideline-versions">
      <h4 id="guideline-versions">{words('guidelines.versions')}</h4>
      <ol>
        {versions.map((one) => (
          <li key={one.version}>
            <a href={`/s/${state.site}/guidelines/${one.key}/${one.version}`} target="_blank" rel="noreferrer">
              {words('guidelines.version', {
                version: one.version,
                by: one.by === 'operator' ? words('history.operator') : one.by,
                time: tellTime(one.at),
              })}
            </a>
            {one.retired && <span class="faint"> · {words('guidelines.retired')}</span>}
            {isEditor && one.version !== base?.version && (
              <button type="button" class="quiet" onClick={() => takeVersion(desk, one)}>
                {words('guidelines.take', { version: one.version })}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
