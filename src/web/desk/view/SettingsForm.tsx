import type { VNode } from 'preact';
import { type SettingGroup, settingGroups, settingNames, siteSettings } from '../../../contract/siteSettings.ts';
import { discardDrafts, saveDrafts } from '../acts/settings.ts';
import { SettingField } from './SettingField.tsx';
import { useDesk } from './useDesk.ts';

/** Every setting of the table, in its groups. What was changed is saved together, from below any group it belongs to. */
export function SettingsForm(): VNode {
  const { desk } = useDesk();
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void saveDrafts(desk);
      }}
    >
      {settingGroups.map((group) => (
        <Group key={group} group={group} />
      ))}
    </form>
  );
}

function Group({ group }: { group: SettingGroup }): VNode | null {
  const { state, words } = useDesk();
  const names = settingNames.filter(
    (name) => siteSettings[name].group === group && siteSettings[name].form.kind !== 'own',
  );
  if (names.length === 0) return null;
  return (
    <fieldset>
      <legend>{words(`settings.group.${group}`)}</legend>
      {names.map((name) => (
        <SettingField key={name} name={name} />
      ))}
      {names.some((name) => name in state.settings.drafts) && <SaveBar />}
    </fieldset>
  );
}

function SaveBar(): VNode {
  const { desk, state, words } = useDesk();
  const { drafts, busy } = state.settings;
  return (
    <p class="save-bar">
      <button type="submit" class="primary" disabled={busy}>
        {words('settings.save', { count: Object.keys(drafts).length })}
      </button>
      <button type="button" disabled={busy} onClick={() => discardDrafts(desk)}>
        {words('settings.discard')}
      </button>
    </p>
  );
}
