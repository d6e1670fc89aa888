import type { Words } from '../words.ts';
import type { WordKey } from './wordKeys.ts';

/** How long ago a time was, in words without plurals ("12 min"), from the largest unit that fits. */
export function tellAge(since: string, now: number, words: Words<WordKey>): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
  if (minutes < 1) return words('age.now');
  if (minutes < 60) return words('age.minutes', { n: minutes });
  if (minutes < 48 * 60) return words('age.hours', { n: Math.floor(minutes / 60) });
  return words('age.days', { n: Math.floor(minutes / 1440) });
}

/** The time of day where the moderator sits, as "23:04". */
export function tellClock(time: string): string {
  const date = new Date(time);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** Day and time where the moderator sits, as "09-07-2015 23:04". Written by hand since Intl does not speak Sorani in
 *  most browsers and would answer in another language. */
export function tellTime(time: string): string {
  const date = new Date(time);
  return `${twoDigits(date.getDate())}-${twoDigits(date.getMonth() + 1)}-${date.getFullYear()} ${tellClock(time)}`;
}

/** The day where the moderator sits, as "09-07-2015". */
export function tellDay(time: string): string {
  return tellTime(time).split(' ', 1)[0] ?? '';
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
