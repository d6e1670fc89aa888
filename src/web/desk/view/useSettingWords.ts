import { type SettingForm, type SettingName, siteSettings } from '../../../contract/siteSettings.ts';
import { useDesk } from './useDesk.ts';

export type SettingWords = {
  /** A value as a moderator reads it; null is the standard. */
  tellValue: (name: SettingName, value: string | number | null) => string;
  /** What a number may be; '' for what is no number, or any. */
  tellRange: (form: SettingForm) => string;
};

/** How settings are told in the desk's language. */
export function useSettingWords(): SettingWords {
  const { words } = useDesk();
  return {
    tellValue: (name, value) => {
      const told = value ?? siteSettings[name].standard;
      if (told === '') return words('settings.nothing');
      return told === 'on' || told === 'off' ? words(`settings.${told}`) : String(told);
    },
    tellRange: (form) => {
      if (form.kind !== 'number' || (form.least === 0 && form.most >= 1_000_000)) return '';
      return words(form.orZero ? 'settings.rangeOrZero' : 'settings.range', { least: form.least, most: form.most });
    },
  };
}
