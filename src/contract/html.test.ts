import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { escapeHtml, html, jsonForScript, SafeHtml, trustHtml } from './html.ts';
import { isWebAddress } from './webAddress.ts';

describe('the template for HTML', () => {
  it('shows markup as text, in text and in attributes of either quotes', () => {
    const hostile = `"><script>alert('&')</script>`;
    const page = html`<p title="${hostile}" class='${hostile}'>${hostile}</p>`.toString();
    const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;';
    assert.equal(page, `<p title="${escaped}" class='${escaped}'>${escaped}</p>`);
  });

  it('escapes text inside lists as well', () => {
    assert.equal(html`${['<b>', [html`<i>${'<'}</i>`, 3]]}`.toString(), '&lt;b&gt;<i>&lt;</i>3');
  });

  it('does not take an object that looks like safe HTML for it', () => {
    const forged: unknown = JSON.parse('{"markup": "<script>"}');
    assert.ok(!(forged instanceof SafeHtml));
  });

  it('escapes ampersands once and does not unescape what was written', () => {
    assert.equal(escapeHtml('&lt;b&gt; &amp;'), '&amp;lt;b&amp;gt; &amp;amp;');
  });

  it('leaves nothing for what is absent, and keeps 0', () => {
    assert.equal(html`[${null}${undefined}${false}${''}${0}]`.toString(), '[0]');
  });

  it('keeps what was made safe before', () => {
    assert.equal(html`<div>${html`<b>${'&'}</b>`}${trustHtml('<hr>')}</div>`.toString(), '<div><b>&amp;</b><hr></div>');
  });

  it('writes JSON that cannot leave its script, and that reads back the same', () => {
    const value = { text: '</script><!--<script>&\u2028\u2029' };
    const written = jsonForScript(value).toString();
    assert.doesNotMatch(written, /[<>&\u2028\u2029]/);
    assert.deepEqual(JSON.parse(written), value);
  });

  it('takes only http and https for web addresses', () => {
    for (const bad of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      '//x.example',
      '/s',
      '',
      'vbscript:x',
    ]) {
      assert.ok(!isWebAddress(bad), bad);
    }
    assert.ok(isWebAddress('https://news.example/a?b=c'));
  });
});
