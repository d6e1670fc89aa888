import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Call } from '../contract/http.ts';
import { readChoices, withChoices } from './choices.ts';
import { renderSizeControl } from './textSize.ts';

function call(query: Call['query']): Call {
  return { params: {}, query, headers: {}, body: undefined, isForm: false, address: '192.0.2.1', now: new Date(0) };
}

describe('what a reader chose by link', () => {
  it('passes over what is no size and no language of the interface', () => {
    for (const size of ['0', '6', '3.5', '03', '-1', 'large', '"><b>', ['1', '2']])
      assert.deepEqual(readChoices(call({ size })), {});
    for (const lang of ['xx', 'EN', '../en', ['en', 'ar']]) assert.deepEqual(readChoices(call({ lang })), {});
    assert.deepEqual(readChoices(call({ size: '5', lang: 'ckb' })), { size: 5, lang: 'ckb' });
  });

  it('goes on before the fragment and behind what the address asks for already', () => {
    assert.equal(withChoices('/s/sample', {}), '/s/sample');
    assert.equal(withChoices('/s/sample#write', { size: 3 }), '/s/sample?size=3#write');
    assert.equal(withChoices('?sort=oldest#comments', { size: 3, lang: 'ar' }), '?sort=oldest&lang=ar&size=3#comments');
  });
});

describe('the control of the text size', () => {
  const control = (size: number): string =>
    renderSizeControl({ language: 'en', size, isAnswer: false, address: (wanted) => `?size=${wanted}` }).toString();

  it('leads one step down and one step up', () => {
    assert.match(control(2), /href="\?size=1"[\s\S]*Smaller text[\s\S]*href="\?size=3"[\s\S]*Larger text/);
    assert.match(control(2), /Text size 2 of 5/);
  });

  it('leads nowhere at either end, and says so', () => {
    assert.match(control(1), /data-step="-1" role="link" aria-disabled="true"/);
    assert.match(control(5), /data-step="1" role="link" aria-disabled="true"/);
  });
});
