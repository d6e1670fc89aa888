import type { PushMessage } from '../../contract/push.ts';

// What the library of types has of workers cannot stand beside what it has of pages.
type Waiting = { waitUntil(work: Promise<unknown>): void };
type Pushed = Event & Waiting & { data: { json(): PushMessage } | null };
type Pressed = Event & Waiting & { notification: Notification };
type Worker = {
  registration: ServiceWorkerRegistration;
  clients: { openWindow(address: string): Promise<unknown> };
  location: Location;
  addEventListener(type: 'push', listen: (event: Pushed) => void): void;
  addEventListener(type: 'notificationclick', listen: (event: Pressed) => void): void;
};
declare const self: Worker;

self.addEventListener('push', (event) => {
  const message = event.data?.json();
  if (!message) return;
  const { title, body, tag, lang, dir, url } = message;
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang, dir, data: url }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { origin } = self.location;
  const wanted = URL.parse(String(event.notification.data), origin);
  // Whatever a message says, only pages of this server are opened.
  const address = wanted?.origin === origin ? wanted.href : `${origin}/receipt`;
  event.waitUntil(self.clients.openWindow(address));
});
