import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainGuideline } from '../contract/guideline.ts';
import { html } from '../contract/html.ts';
import { defaultSettings, type Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { renderCommentForm, type CommentForm } from './commentForm.ts';

const hostile = [
  `"><script>alert(1)</script>`,
  `' onfocus='alert(1)' autofocus='`,
  '</textarea><img src=x onerror=alert(1)>',
  '</template><script>alert(1)</script>',
  '&lt;b&gt;&amp;',
  '{most} {name} $& ${1}',
];

const site: Site = { site: 'sample', name: 'The Harbour', language: 'en', origins: [], settings: defaultSettings };
const story: Story = {
  ...{ site: 'sample', story: 'welcome', headline: 'The ferry', byline: 'The Harbour', tags: [] },
  ...{ language: 'en', dir: 'ltr', text: 'It runs.', comments: 'open', published: new Date('2026-03-01T09:30:00Z') },
};
const threat = {
  key: 'threat',
  version: 1,
  position: 1,
  titles: { en: 'Threats', ckb: 'هەڕەشە' },
  wordings: {},
  ...plainGuideline,
  retired: false,
};

function render(form: Partial<CommentForm> = {}): string {
  return renderCommentForm({
    site,
    story,
    language: 'en',
    guidelines: [threat],
    token: 'a-token',
    choices: {},
    ...form,
  }).toString();
}

/** The text as it stands escaped in the markup. */
function escaped(text: string): string {
  return html`${text}`.toString();
}

test('shows what was typed as text, in fields, attributes and the sentence around a name', () => {
  for (const text of hostile) {
    const page = render({
      written: { name: text, text, email: text, parentId: '' },
      parent: { id: 'c0ffee00-0000-4000-8000-000000000000', name: text },
      site: { ...site, name: text },
      guidelines: [{ ...threat, titles: { en: text } }],
    });
    assert.equal(page.split(`value="${escaped(text)}"`).length, 3, text);
    assert.ok(page.includes(`\n${escaped(text)}</textarea>`), text);
    assert.ok(page.includes(`Reply to <bdi>${escaped(text)}</bdi>`), text);
    assert.doesNotMatch(page, /<script|<img|onfocus='/, text);
  }
});

test('keeps a first line that is empty, which a browser would take from a textarea', () => {
  assert.ok(
    render({ written: { name: '', text: '\n\nlate', email: '', parentId: '' } }).includes(
      'required>\n\n\nlate</textarea>',
    ),
  );
});

test('names what is required with the word, inside the label', () => {
  const labels = [...render().matchAll(/<label for="write-(\w+)">([\s\S]*?)<\/label>/g)].map(([, field, label]) => [
    field,
    label,
  ]);
  assert.deepEqual(
    labels.map(([field, label]) => [
      field,
      /class="required">Required/.test(label ?? ''),
      /class="optional">Optional/.test(label ?? ''),
    ]),
    [
      ['name', true, false],
      ['text', true, false],
      ['email', false, true],
      ['trap', false, false],
    ],
  );
});

test('says that comments are read first, approved or rejected and never edited, and that criticism is welcome', () => {
  const page = render();
  assert.match(page, /Every comment is read before it appears\. Comments are approved or rejected, never edited\./);
  assert.match(page, /criticism of <bdi>The Harbour<\/bdi>/);
});

test('lists the guidelines by title, each linked to its wording, in the language of the page', () => {
  assert.match(render(), /<a href="\/s\/sample\/guidelines#threat">Threats<\/a>/);
  assert.match(
    render({ language: 'ckb', choices: { lang: 'ckb' } }),
    /<a href="\/s\/sample\/guidelines\?lang=ckb#threat">هەڕەشە<\/a>/,
  );
});

test('keeps the trap out of the way of people: no tab stop, no autofill, not in the accessibility tree', () => {
  const trap = /<div class="trap" aria-hidden="true">[\s\S]*?<\/div>/.exec(render())?.[0] ?? '';
  assert.match(trap, /name="website" type="text" tabindex="-1" autocomplete="off" value=""/);
});

test('puts the sentence of a refusal beside its field, and nowhere else', () => {
  const page = render({ refusal: { reason: 'text_too_long', field: 'text', values: { most: 4000, length: 4001 } } });
  assert.match(
    page,
    /id="write-text" name="text" aria-describedby="write-text-hint write-text-error" aria-invalid="true"/,
  );
  assert.match(page, /id="write-text-error" data-error="text">The text is too long: 4001 characters\./);
  assert.match(page, /id="write-name-error" data-error="name"><\/p>/);
});

test('carries token and parent, and keeps the parent of a refused answer', () => {
  const id = 'c0ffee00-0000-4000-8000-000000000000';
  assert.match(render(), /name="token" value="a-token"/);
  assert.ok(render({ parent: { id, name: 'Ann' } }).includes(`name="parentId" value="${id}"`));
  assert.ok(
    render({ written: { name: '', text: '', email: '', parentId: id } }).includes(`name="parentId" value="${id}"`),
  );
});

test('asks the browser for a proof of work only where the site wants one, and says so without JavaScript', () => {
  assert.doesNotMatch(render(), /data-proof|<noscript>/);
  const page = render({ site: { ...site, settings: { ...defaultSettings, 'intake.proof': 'on' } } });
  assert.match(page, / data-proof>/);
  assert.match(page, /<noscript>/);
});

test('where accounts are required and speak on the publisher’s page alone, the form leads there', () => {
  const required: Site = { ...site, settings: { ...defaultSettings, 'reader.accounts': 'required' } };
  const url = 'https://news.example/ferry?a=1&b=2';
  assert.match(
    render({ site: required, story: { ...story, url } }),
    /<a href="https:\/\/news\.example\/ferry\?a=1&amp;b=2"[^>]*>Sign in<\/a>/,
  );
  assert.match(
    render({ site: required, signIn: { failed: false } }),
    /<a href="\/reader\/sample\/sign-in\?story=welcome"/,
  );
  assert.doesNotMatch(render({ site: required }), />Sign in</);
  assert.doesNotMatch(render({ story: { ...story, url } }), />Sign in</);
});
