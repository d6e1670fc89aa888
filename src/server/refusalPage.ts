import type { FastifyRequest } from 'fastify';
import { html } from '../contract/html.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { translate } from '../contract/messages.ts';

/** Whether a person looks at a page of their own browser, rather than a program at the API. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html')
  );
}

/** The barest page that says a sentence: it needs neither the database nor an asset, which may be what is missing. */
export function renderRefusalPage(language: string, detail: string): string {
  return html`<!doctype html>
<html lang="${language}" dir="${directionOfLanguage(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${translate(language, 'page.troubleTitle')}</title>
</head>
<body>
<h1>${translate(language, 'page.troubleTitle')}</h1>
<p>${detail}</p>
</body>
</html>
`.toString();
}
