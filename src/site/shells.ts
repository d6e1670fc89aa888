import { html } from '../contract/html.ts';
import type { Answer, Call } from '../contract/http.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { translate, type MessageKey } from '../contract/messages.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { openAssets, type EntryName } from './assets.ts';
import type { PageDeps } from './deps.ts';
import { answerPrivately } from './headers.ts';

/** `GET /desk`: the shell of the moderators' application. It holds nothing: what the desk shows it asks for itself. */
export function getDesk(deps: PageDeps, call: Call): Answer {
  return answerShell(deps, call, { entry: 'desk', mount: 'desk', title: 'page.deskTitle' });
}

/** `GET /desk/sign-in`: where a one-time address lands, its secret in the fragment, which no browser sends. */
export function getSignIn(deps: PageDeps, call: Call): Answer {
  return answerShell(deps, call, { entry: 'signIn', mount: 'sign-in', title: 'page.signInTitle' });
}

// Stricter than the readers' pages: the desk is the first to show every comment, signed in and with power (threats.md §1).
const deskPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

function answerShell(
  deps: PageDeps,
  call: Call,
  shell: { entry: EntryName; mount: string; title: MessageKey },
): Answer {
  const language = readLanguage(call, 'en');
  const document = html`<!doctype html>
<html lang="${language}" dir="${directionOfLanguage(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${translate(language, shell.title)} – Stet</title>
${openAssets(deps.assetsFolder).loadTags(shell.entry)}
</head>
<body>
<div id="${shell.mount}" data-provider="${deps.oidcName ?? ''}"></div>
<noscript><p>${translate(language, 'page.deskNeedsScript')}</p></noscript>
</body>
</html>
`;
  return answerPrivately(200, document.toString(), {
    'content-language': language,
    'content-security-policy': deskPolicy,
    vary: 'accept-language',
  });
}
