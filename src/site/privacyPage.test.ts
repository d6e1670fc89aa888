import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { interfaceLanguages } from '../contract/messages.ts';
import { defaultSettings, type Site, type SiteSettings } from '../contract/site.ts';
import { writeDigits } from '../contract/numbers.ts';
import { renderPrivacyNotice } from './privacyPage.ts';

function notice(settings: Partial<SiteSettings>, language = 'en'): string {
  const site: Site = {
    site: 'sample',
    name: 'The Harbour',
    language: 'en',
    origins: [],
    settings: { ...defaultSettings, ...settings },
  };
  return renderPrivacyNotice(site, language).toString();
}

describe('the privacy notice', () => {
  it('names the days and hours that are in force, in every language', () => {
    for (const language of interfaceLanguages) {
      const page = notice({ 'retention.contactDays': 17, 'retention.rejectedDays': 201 }, language);
      for (const number of [17, 183, 201, 48])
        assert.match(page, new RegExp(`(?<!\\d)${writeDigits(language, number)}(?!\\d)`), `${language} ${number}`);
    }
  });

  it('does not promise an erasure that is switched off', () => {
    const page = notice({ 'retention.rejectedDays': 0 });
    assert.match(page, /kept until somebody asks us to erase them/);
    assert.doesNotMatch(page, /erased after/);
  });

  it('speaks of the keyed number only where networks are counted', () => {
    assert.match(notice({}), /keyed number/);
    assert.doesNotMatch(notice({ 'intake.limits': 'off' }), /keyed number/);
  });

  it('says whether a program reads comments, and whether the browser calculates', () => {
    assert.match(notice({}), /A program on our own machine/);
    assert.match(notice({ screening: 'off' }), /No program judges comments here/);
    assert.doesNotMatch(notice({ secondReader: 'on' }), /No text leaves/);
    assert.match(notice({ secondReader: 'on' }), /a second program reads the text as well/);
    assert.match(notice({ secondReader: 'on', screening: 'off' }), /No program judges comments here/);
    assert.doesNotMatch(notice({}), /short calculation/);
    assert.match(notice({ 'intake.proof': 'on' }), /short calculation/);
    assert.doesNotMatch(notice({}), /whether anybody was told/);
    assert.match(notice({ 'intake.notice': 'on' }), /whether anybody was told/);
    assert.doesNotMatch(notice({ 'intake.notice': 'on', screening: 'off' }), /whether anybody was told/);
  });

  it('says whom to write to, and lets no address out of its link', () => {
    assert.match(
      notice({ 'contact.mail': 'desk@news.example' }),
      /<a href="mailto:desk@news\.example" dir="ltr">desk@news\.example<\/a>/,
    );
    assert.match(notice({}), /Write to <bdi>The Harbour<\/bdi>/);
    assert.doesNotMatch(notice({ 'contact.mail': `"onclick="a?b@c.example` }), /"onclick="/);
  });
});
