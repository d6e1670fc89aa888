import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMarkdown } from './markdown.ts';

function render(text: string): string {
  return renderMarkdown(text).toString();
}

test('shows markup of every kind as the text that was written', () => {
  const vectors = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<template><script>alert(1)</script></template>',
    '<a href="javascript:alert(1)">x</a>',
    '<!-- --><b>x</b>',
    '<![CDATA[<b>x</b>]]>',
    '<?php echo 1 ?>',
    '> <iframe srcdoc="<script>alert(1)</script>">',
    '- <style>*{display:none}</style>',
    '# <b onmouseover=alert(1)>x</b>',
    'a\u0000<script>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '&#60;script&#62;',
    '<<script>script>alert(1)',
    '``` html\n<script>\n```',
    '    <script>',
  ];
  for (const vector of vectors) {
    const tags = [...render(vector).matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
    for (const [tag, name = '', attributes] of tags) {
      assert.match(name, /^(?:p|h[2-6]|ul|ol|li|blockquote|em|strong|br|hr)$/, `${vector} gave ${tag}`);
      assert.equal(attributes, '', `${vector} gave ${tag}`);
    }
  }
});

test('links to the web, to mail and to paths of its own, and to nothing else', () => {
  const bad = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#x0A;script:alert(1)',
    '&#106;avascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'data:image/png;base64,AAAA',
    'file:///etc/passwd',
    '//elsewhere.example/x',
    'blob:https://x.example/1',
    'about:blank',
    'x.html',
  ];
  for (const target of bad) assert.doesNotMatch(render(`[x](${target})`), /<a/, target);
  for (const target of ['https://news.example/a', '/s/sample', '#part', 'mailto:desk@news.example']) {
    assert.match(render(`[x](${target})`), /<a href=/, target);
  }
});

test('keeps a link within its attribute, whatever its address and title say', () => {
  const link = render(`[x](https://a.example/"onmouseover="alert(1) '"><script>alert(2)</script>')`);
  assert.doesNotMatch(link, /<script|" onmouseover/);
});

test('tells a site that is linked to nothing of the story', () => {
  assert.equal(
    render('[x](https://a.example/)'),
    '<p><a href="https://a.example/" rel="noopener noreferrer">x</a></p>\n',
  );
  assert.equal(render('[x](/s/sample)'), '<p><a href="/s/sample">x</a></p>\n');
});

test('fetches no image: an image is the text and the link that it was written with', () => {
  assert.doesNotMatch(render('![x](https://a.example/x.png)'), /<img/);
});

test('sets paragraphs, emphasis, quotations and lists', () => {
  assert.equal(render('A *b* **c**\nd\n\nE'), '<p>A <em>b</em> <strong>c</strong>\nd</p>\n<p>E</p>\n');
  assert.equal(render('> said'), '<blockquote>\n<p>said</p>\n</blockquote>\n');
  assert.equal(render('1. one\n2. two'), '<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n');
});

test('begins headings at h2, whichever the writer began with, and ends them at h6', () => {
  assert.equal(render('# a\n## b'), '<h2>a</h2>\n<h3>b</h3>\n');
  assert.equal(render('### a\n\n###### b'), '<h2>a</h2>\n<h5>b</h5>\n');
  assert.equal(render('# a\n\n###### b'), '<h2>a</h2>\n<h6>b</h6>\n');
});

test('keeps a ZWNJ and the letters of Sorani as they are', () => {
  assert.equal(render('ده\u200cچم بۆ شاری هەولێر'), '<p>ده\u200cچم بۆ شاری هەولێر</p>\n');
});

test('gives nothing for nothing', () => {
  assert.equal(render(''), '');
});
