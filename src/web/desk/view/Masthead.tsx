import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { mayAutomate, openAutomation } from '../acts/automation.ts';
import { acceptPasskey, signOut, switchLanguage, switchSite } from '../acts/session.ts';
import { hasPasskeys } from '../../passkeys.ts';
import { recallTheme, rememberSingleKeys, setTheme, themes } from '../memory.ts';
import { accountHere } from '../state.ts';
import { deskLanguages, nameLanguage } from '../words.ts';
import { NetworkStatus } from './NetworkStatus.tsx';
import { useDesk } from './useDesk.ts';

/** The head of the desk: which site, queue or appeals, the state of the line, and the menu. */
export function Masthead(): VNode {
  const { desk, words } = useDesk();
  return (
    <header class="masthead">
      <span class="wordmark" lang="en">
        Stet
      </span>
      <h1>
        <SiteChoice />
      </h1>
      <Places />
      <NetworkStatus />
      <button
        type="button"
        class="quiet keys-button"
        aria-label={words('keys.title')}
        aria-keyshortcuts="?"
        onClick={() => desk.change({ keysShown: true })}
      >
        <kbd>?</kbd>
        <span>{words('keys.title')}</span>
      </button>
      <Menu />
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
      value={state.site}
      onChange={(event) => void switchSite(desk, event.currentTarget.value)}
    >
      {accounts.map(({ site, siteName }) => (
        <option key={site} value={site}>
          {siteName}
        </option>
      ))}
    </select>
  );
}

function Places(): VNode {
  const { desk, state, words } = useDesk();
  const appeals = state.appeals.total;
  return (
    <nav class="places" aria-label={words('place.label')}>
      <button
        type="button"
        aria-current={state.place === 'queue' ? 'page' : undefined}
        onClick={() => desk.change({ place: 'queue', face: 'list' })}
      >
        {words('queue.title')}
      </button>
      <button
        type="button"
        aria-current={state.place === 'appeals' ? 'page' : undefined}
        onClick={() => desk.change({ place: 'appeals', face: 'list' })}
      >
        {words('appeals.title')}
        {appeals > 0 && <span class="count">{appeals}</span>}
      </button>
      {mayAutomate(state) && (
        <button
          type="button"
          aria-current={state.place === 'automation' ? 'page' : undefined}
          onClick={() => void openAutomation(desk)}
        >
          {words('automation.title')}
        </button>
      )}
    </nav>
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
            if (chosen) switchLanguage(desk, chosen);
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
          checked={state.singleKeys}
          onChange={(event) => {
            rememberSingleKeys(event.currentTarget.checked);
            desk.change({ singleKeys: event.currentTarget.checked });
          }}
        />
        {words('menu.singleKeys')}
      </label>
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
  const { words } = useDesk();
  return (
    <label>
      {words('menu.theme')}
      <select
        value={recallTheme()}
        onChange={(event) => setTheme(themes.find((theme) => theme === event.currentTarget.value) ?? 'system')}
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
