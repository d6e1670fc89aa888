import { isObject } from '../contract/json.ts';
import { translate, translateCount } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { takeAlertStep, type AlertStep, type LastAlert } from '../record/alerts.ts';
import type { DeliveryKind } from '../record/outbox.ts';
import type { Store } from '../record/store.ts';
import { listWaiting } from '../record/waiting.ts';
import { oneLine } from './letter.ts';

/** How often a wait that lasts is told again. */
export const repeatHours = 4;

/** Owes an alert for every site whose oldest held comment waits longer than the site wishes, once for each crossing and
 *  again every `repeatHours` while it lasts; of several servers one does. */
export async function checkWaits(store: Store, sites: readonly Site[], now: Date): Promise<void> {
  const watched = sites.filter(({ settings }) => settings['alert.heldMinutes'] > 0);
  if (watched.length === 0) return;
  const waiting = new Map((await listWaiting(store)).map((row) => [row.site, row]));
  for (const site of watched) {
    const kinds = wantedKinds(site);
    if (kinds.length === 0) continue;
    const { held, oldestAt } = waiting.get(site.site) ?? { held: 0, oldestAt: now };
    const limitMinutes = site.settings['alert.heldMinutes'];
    await takeAlertStep(store, site.site, {
      weigh: (last) => weighWait({ oldestAt, limitMinutes, now, last }),
      now,
      kinds,
      body: { held, oldestMinutes: minutesBetween(oldestAt, now), limitMinutes },
    });
  }
}

function wantedKinds({ settings }: Site): DeliveryKind[] {
  return [
    ...(settings['alert.mail'] === '' ? [] : (['alert_mail'] as const)),
    ...(settings['alert.webhook'] === '' ? [] : (['alert_webhook'] as const)),
  ];
}

/** Whether to tell of a wait now. A crossing ends when the oldest waits less than half the limit, not when it falls just
 *  below: a desk that keeps up with the limit and no more would be told every minute. Pure. */
export function weighWait(wait: {
  oldestAt: Date;
  limitMinutes: number;
  now: Date;
  last: LastAlert | undefined;
}): AlertStep {
  const { oldestAt, limitMinutes, now, last } = wait;
  const waited = (now.getTime() - oldestAt.getTime()) / 60_000;
  const isOngoing = last !== undefined && !last.over;
  if (waited <= limitMinutes) return isOngoing && waited < limitMinutes / 2 ? { step: 'end' } : { step: 'nothing' };
  if (!isOngoing) return { step: 'tell', since: now };
  const isRepeat = now.getTime() - last.toldAt.getTime() >= repeatHours * 3_600_000;
  return isRepeat ? { step: 'tell', since: last.since } : { step: 'nothing' };
}

/** What an alert tells; `since` is when the wait crossed the limit, in ISO 8601. */
export type AlertFigures = { held: number; oldestMinutes: number; limitMinutes: number; since: string };

/** The figures of an alert, from the body of its row; undefined for another body. */
export function readAlertFigures(body: unknown): AlertFigures | undefined {
  if (!isObject(body)) return undefined;
  const { held, oldestMinutes, limitMinutes, since } = body;
  if (typeof held !== 'number' || typeof oldestMinutes !== 'number' || typeof limitMinutes !== 'number')
    return undefined;
  return typeof since === 'string' ? { held, oldestMinutes, limitMinutes, since } : undefined;
}

/** Subject and text of the mail to the newsroom, in the site's language. Pure. */
export function writeAlert(figures: AlertFigures, site: Site, publicUrl: string): { subject: string; text: string } {
  const { language } = site;
  const values = {
    site: oneLine(site.name),
    held: figures.held,
    oldest: translateCount(language, 'unit.minutes', figures.oldestMinutes),
    limit: translateCount(language, 'unit.minutes', figures.limitMinutes),
  };
  const lines = [
    translate(language, 'mail.alert.waiting', values),
    '',
    translate(language, 'mail.alert.desk'),
    `${publicUrl}/desk`,
    '',
    translate(language, 'mail.alert.again', { hours: translateCount(language, 'unit.hours', repeatHours) }),
  ];
  return { subject: translate(language, 'mail.alert.subject', values), text: `${lines.join('\n')}\n` };
}

function minutesBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000));
}
