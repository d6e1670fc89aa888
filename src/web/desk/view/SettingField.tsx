import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { type SettingForm, type SettingName, siteSettings } from '../../../contract/siteSettings.ts';
import { draftSetting, mayChange } from '../acts/settings.ts';
import { HoursField } from './HoursField.tsx';
import { useDesk } from './useDesk.ts';
import { useSettingWords } from './useSettingWords.ts';

/** One setting: its sentence, its control, its standard, and why a value does not fit. */
export function SettingField({ name }: { name: SettingName }): VNode {
  const { desk, state, words } = useDesk();
  const { tellValue, tellRange } = useSettingWords();
  const { drafts, values, wrong } = state.settings;
  const { form, standard, who } = siteSettings[name] as (typeof siteSettings)[SettingName];
  const id = useId();
  const allowed = mayChange(state, { [name]: standard });
  const written = drafts[name] ?? String(values?.[name] ?? standard);
  const isWrong = wrong.includes(name);
  const control: ControlProps = {
    id,
    form,
    written,
    disabled: !allowed,
    describedBy: `${id}-hint${isWrong ? ` ${id}-wrong` : ''}`,
    isWrong,
    write: (value) => draftSetting(desk, name, value),
  };
  const sentence = words(`setting.${name}`);
  return (
    <div class="setting" data-changed={drafts[name] === undefined ? undefined : 'true'}>
      {form.kind === 'hours' ? (
        <HoursField {...control} label={sentence} />
      ) : (
        <>
          <label for={id}>{sentence}</label>
          <Control {...control} />
        </>
      )}
      <p class="small" id={`${id}-hint`}>
        {words('settings.standard', { value: tellValue(name, standard) })} {tellRange(form)}{' '}
        {who === 'admin' && !allowed && `${words('settings.adminOnly')} `}
        <code dir="ltr">{name}</code>
      </p>
      {isWrong && (
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {words('settings.wrong')}
        </p>
      )}
    </div>
  );
}

/** What every control of a setting gets: the line that stands or was typed, and where to write it. */
export type ControlProps = {
  id: string;
  form: SettingForm;
  written: string;
  disabled: boolean;
  describedBy: string;
  isWrong: boolean;
  write: (value: string) => void;
};

function Control({ id, form, written, disabled, describedBy, isWrong, write }: ControlProps): VNode {
  const { words } = useDesk();
  const shared = { id, disabled, 'aria-describedby': describedBy, 'aria-invalid': isWrong || undefined };
  if (form.kind === 'choice') {
    return (
      <select {...shared} value={written} onChange={(event) => write(event.currentTarget.value)}>
        {form.values.map((value) => (
          <option key={value} value={value}>
            {value === 'on' || value === 'off' ? words(`settings.${value}`) : value}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...shared}
      class={form.kind}
      type="text"
      dir="ltr"
      inputMode={form.kind === 'number' ? 'numeric' : undefined}
      autocomplete="off"
      spellcheck={false}
      value={written}
      onInput={(event) => write(event.currentTarget.value)}
    />
  );
}
