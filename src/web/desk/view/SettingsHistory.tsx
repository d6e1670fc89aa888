import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { SettingsChanged } from '../../../contract/settingsDraft.ts';
import { type SettingName, settingNames, siteSettings } from '../../../contract/siteSettings.ts';
import { loadOlderChanges, mayChange, undoChange } from '../acts/settings.ts';
import { tellTime } from '../clock.ts';
import { useDesk } from './useDesk.ts';
import { useSettingWords } from './useSettingWords.ts';

/** Who changed which setting when, what stood before, and a button that brings it back. */
export function SettingsHistory(): VNode {
  const { desk, state, words } = useDesk();
  const { changes, next } = state.settings;
  if (changes.length === 0) return <p role="status">{words('history.empty')}</p>;
  return (
    <>
      <ol class="history">
        {changes.map((change) => (
          <Change key={change.seq} change={change} />
        ))}
      </ol>
      {next !== null && (
        <p>
          <button type="button" onClick={() => void loadOlderChanges(desk)}>
            {words('history.older')}
          </button>
        </p>
      )}
    </>
  );
}

function Change({ change }: { change: SettingsChanged }): VNode {
  const { desk, state, words } = useDesk();
  const { seq, at, by, settings, before } = change;
  const id = useId();
  const names = settingNames.filter((name) => settings[name] !== undefined);
  return (
    <li>
      <p class="faint" id={id}>
        <time dateTime={at}>{tellTime(at)}</time> · <bdi>{by === 'operator' ? words('history.operator') : by}</bdi>
      </p>
      <dl>
        {names.map((name) => (
          <Line key={name} name={name} change={change} />
        ))}
      </dl>
      {before && mayChange(state, settings) && (
        <button
          type="button"
          aria-describedby={id}
          disabled={state.settings.busy}
          onClick={() => void undoChange(desk, seq)}
        >
          {words('history.undo')}
        </button>
      )}
    </li>
  );
}

function Line({ name, change }: { name: SettingName; change: SettingsChanged }): VNode {
  const { words } = useDesk();
  const { tellValue } = useSettingWords();
  const before = change.before?.[name];
  const since = change.settings[name] ?? null;
  const shown = isList(name)
    ? { before: linesWithout(before, since), since: linesWithout(since, before) }
    : { before, since };
  return (
    <div>
      <dt>
        {words(`setting.${name}`)} <code dir="ltr">{name}</code>
      </dt>
      <dd>
        {shown.before !== undefined && (
          <>
            <span class="faint">{words('history.before')}</span>{' '}
            <bdi class="value">{tellValue(name, shown.before)}</bdi>{' '}
          </>
        )}
        <span class="faint">{words('history.since')}</span>{' '}
        <bdi class="value">{tellValue(name, shown.since ?? null)}</bdi>
      </dd>
    </div>
  );
}

function isList(name: SettingName): boolean {
  return siteSettings[name].form.kind === 'own';
}

type Value = string | number | null | undefined;

/** Of a list of lines those that the other has not: what a change took away, or brought. */
function linesWithout(list: Value, other: Value): string {
  const known = new Set(String(other ?? '').split('\n'));
  return String(list ?? '')
    .split('\n')
    .filter((line) => !known.has(line))
    .join('\n');
}
