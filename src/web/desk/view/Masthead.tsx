import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { goTo } from '../acts/places.ts';
import { switchLanguage } from '../acts/language.ts';
import { acceptPasskey, signOut } from '../acts/session.ts';
import { switchSite } from '../acts/site.ts';
import { isOfOneSite } from '../places.ts';
import { hasPasskeys } from '../../passkeys.ts';
import { themes } from '../../../contract/preferences.ts';
import { choose } from '../acts/preferences.ts';
import { accountHere, askedSite, everySite, keyFor } from '../state.ts';
import { deskLanguages, nameLanguage } from '../words.ts';
import { Key } from './Key.tsx';
import { Colleagues } from './Colleagues.tsx';
import { NetworkStatus } from './NetworkStatus.tsx';
import { Places } from './Places.tsx';
import { ShiftTimer } from './ShiftTimer.tsx';
import { useDesk } from './useDesk.ts';

/** The head of the desk: which site, who is there, the state of the line and the menu; below, the places. */
export function Masthead(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <header class="masthead">
      <span class="wordmark" lang="en">
        Stet
      </span>
      <h1>
        <SiteChoice />
      </h1>
      <div class="tools">
        <Colleagues />
        <NetworkStatus />
        <button
          type="button"
          class="quiet keys-button"
          aria-label={words('keys.title')}
          aria-keyshortcuts={keyFor(state, 'showKeys')}
          onClick={() => desk.change({ keysShown: true })}
        >
          <Key act="showKeys" />
          <span>{words('keys.title')}</span>
        </button>
        <ShiftTimer />
        <Menu />
      </div>
      <Places />
    </header>
  );
}

function SiteChoice(): VNode {
  const { desk, state, words } = useDesk();
  const { accounts } = state.session;
  if (accounts.length < 2) return <bdi>{accountHere(state)?.siteName ?? ''}</bdi>;
  return (
    <select
      aria-label={words('site.choose')}
      value={isOfOneSite(state.place) ? state.site : askedSite(state)}
      onChange={(event) => void switchSite(desk, event.currentTarget.value)}
    >
      <option value={everySite}>{words('filters.everywhere')}</option>
      {accounts.map(({ site, siteName }) => (
        <option key={site} value={site}>
          {siteName}
        </option>
      ))}
    </select>
  );
}

function Menu(): VNode {
  const { state } = useDesk();
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = ({ target }: Event): void => {
      if (target instanceof Node && !ref.current?.contains(target)) ref.current?.removeAttribute('open');
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  return (
    <details
      class="menu"
      ref={ref}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !ref.current?.open) return;
        event.stopPropagation();
        ref.current.open = false;
        ref.current.querySelector('summary')?.focus();
      }}
    >
      <summary>
        <bdi>{state.session.name}</bdi>
      </summary>
      <MenuSheet />
    </details>
  );
}

function MenuSheet(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <div class="menu-sheet">
      <p class="faint">
        <bdi>{state.session.email}</bdi>
      </p>
      <label>
        {words('menu.language')}
        <select
          value={state.language}
          onChange={(event) => {
            const chosen = deskLanguages.find((language) => language === event.currentTarget.value);
            if (chosen) void switchLanguage(desk, chosen);
          }}
        >
          {deskLanguages.map((language) => (
            <option key={language} value={language} lang={language}>
              {nameLanguage(language)}
            </option>
          ))}
        </select>
      </label>
      <ThemeChoice />
      <label class="check">
        <input
          type="checkbox"
          checked={state.preferences.singleKeys}
          onChange={(event) => void choose(desk, { singleKeys: event.currentTarget.checked })}
        />
        {words('menu.singleKeys')}
      </label>
      <button
        type="button"
        onClick={(event) => {
          event.currentTarget.closest('details')?.removeAttribute('open');
          void goTo(desk, 'preferences');
        }}
      >
        {words('mine.title')}
      </button>
      {hasPasskeys() && (
        <button type="button" onClick={() => void acceptPasskey(desk)}>
          {words('passkey.add')}
        </button>
      )}
      <button type="button" onClick={() => void signOut(desk)}>
        {words('menu.signOut')}
      </button>
    </div>
  );
}

function ThemeChoice(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <label>
      {words('menu.theme')}
      <select
        value={state.preferences.theme}
        onChange={(event) =>
          void choose(desk, { theme: themes.find((theme) => theme === event.currentTarget.value) ?? 'system' })
        }
      >
        {themes.map((theme) => (
          <option key={theme} value={theme}>
            {words(`theme.${theme}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
