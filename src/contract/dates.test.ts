import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showTime, showTimeWithin } from './dates.ts';
import { interfaceLanguages } from './messages.ts';

const july = new Date('2015-07-09T21:05:59Z');
const show = (pattern: string, timeZone = 'UTC', language = 'en'): string =>
  showTime(july, { pattern, timeZone, language });

describe('how a time is shown', () => {
  it('throws for a time zone that does not exist', () => {
    assert.throws(() => show('dd-MM-yyyy', 'Mars/Olympus'), RangeError);
  });

  it('fills the pattern of the site and leaves its marks', () => {
    assert.equal(show('dd-MM-yyyy HH:mm'), '09-07-2015 21:05');
    assert.equal(show('d/M/yy H.m'), '9/7/15 21.5');
  });

  it('shows the clock of the site, past midnight as the next day', () => {
    assert.equal(show('dd-MM-yyyy HH:mm', 'Asia/Baghdad'), '10-07-2015 00:05');
    assert.equal(show('yyyy-MM-dd HH:mm', 'America/New_York'), '2015-07-09 17:05');
  });

  it('follows summer time', () => {
    const winter = new Date('2026-01-15T12:00:00Z');
    const style = { pattern: 'HH:mm', timeZone: 'Europe/Berlin', language: 'de' };
    assert.equal(showTime(winter, style), '13:00');
    assert.equal(showTime(july, style), '23:05');
  });

  it('writes a long date in the language, Kurdish with its own months', () => {
    assert.match(show('language'), /July 9, 2015/);
    assert.equal(show('language', 'UTC', 'ckb'), '٩ی تەمووزی ٢٠١٥، ٢١:٠٥');
    assert.equal(show('language', 'UTC', 'ckb-IQ'), '٩ی تەمووزی ٢٠١٥، ٢١:٠٥');
    assert.equal(show('language', 'UTC', 'kmr'), '9ê tîrmeha 2015an, 21:05');
    assert.match(show('language', 'UTC', 'ar'), /يوليو|تموز/);
  });

  it('writes Kurdish by its script, whichever of its tags a story has', () => {
    assert.equal(show('language', 'UTC', 'ku'), show('language', 'UTC', 'kmr'));
    assert.equal(show('language', 'UTC', 'ku-Arab'), show('language', 'UTC', 'ckb'));
  });

  it('lets no English word into any language of the interface, in any month, before noon or after', () => {
    // Without April, August, September, November and December, which other languages write the same.
    const names = 'January|February|March|May|June|July|October|at|[ap]\\.?m\\.?';
    const english = new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, 'iu');
    assert.match(show('language'), english);
    const times = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 9, month * 2, 5)));
    for (const language of interfaceLanguages.filter((spoken) => spoken !== 'en')) {
      const shown = times.map((time) => showTime(time, { pattern: 'language', timeZone: 'UTC', language }));
      for (const date of shown) assert.doesNotMatch(date, english, language);
    }
  });

  it('stands isolated in a sentence, so that day and hour keep their places from right to left', () => {
    const style = { pattern: 'dd-MM-yyyy HH:mm', timeZone: 'UTC', language: 'ckb' };
    assert.equal(showTimeWithin(july, style), '\u206809-07-2015 21:05\u2069');
  });

  it('falls back to English where a language is unknown', () => {
    assert.match(show('language', 'UTC', 'zxx'), /2015/);
  });
});
