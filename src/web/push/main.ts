import { pushWorker } from '../../contract/push.ts';

// The policy of the page lets this one script be named, and no other (Trusted Types); a policy is made once.
const types = (window as { trustedTypes?: { createPolicy(name: string, rules: object): ScriptPolicy } }).trustedTypes;
const policy = types?.createPolicy('push', { createScriptURL: () => pushWorker });

type ScriptPolicy = { createScriptURL(name: string): string };

const offer = document.querySelector<HTMLElement>('[data-push]');
const button = offer?.querySelector('button');
const state = offer?.querySelector('[role=status]');
if (offer && button && state && canPush()) {
  offer.hidden = false;
  button.addEventListener('click', () => void press(offer, { button, state }));
}

// Only on secure origins; iOS has it where the page stands on the home screen.
function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

type Parts = { button: HTMLButtonElement; state: Element };

/** Switches on or off, once at a time, and says what came of it. */
async function press(part: HTMLElement, { button: pressed, state: said }: Parts): Promise<void> {
  if (pressed.ariaDisabled === 'true') return;
  pressed.ariaDisabled = 'true';
  const words = part.dataset;
  const wasOn = words['on'] !== undefined;
  try {
    const subscription = wasOn ? null : await subscribe(words['push'] ?? '');
    const isKept = await tell(subscription);
    said.textContent = (isKept ? (wasOn ? words['off'] : words['told']) : words['unavailable']) ?? '';
    if (isKept) {
      if (wasOn) delete words['on'];
      else words['on'] = '';
      pressed.textContent = (wasOn ? words['offer'] : words['stop']) ?? '';
    }
  } catch {
    // The reader said no, or the browser cannot.
    said.textContent = words['denied'] ?? '';
  }
  pressed.ariaDisabled = null;
}

async function subscribe(key: string): Promise<PushSubscriptionJSON> {
  const registration = await navigator.serviceWorker.register(policy?.createScriptURL('') ?? pushWorker);
  await untilActive(registration);
  const known = await registration.pushManager.getSubscription();
  // One that was made for another key, before the installation's secret changed, holds no more.
  if (known && !isFor(known, key)) await known.unsubscribe();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return subscription.toJSON();
}

function isFor({ options }: PushSubscription, key: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  return text === key;
}

async function untilActive(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker || worker.state === 'activated') return;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      else if (worker.state === 'redundant') reject(new Error('the worker was not installed'));
    });
  });
}

/** Whether the server took it. The receipt travels in the body alone. */
async function tell(subscription: PushSubscriptionJSON | null): Promise<boolean> {
  const receipt = document.querySelector<HTMLInputElement>('#receipt-token')?.value;
  const { lang } = document.documentElement;
  try {
    const { ok } = await fetch('/api/v1/receipts/push', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': lang },
      body: JSON.stringify({ receipt, subscription, language: lang }),
    });
    return ok;
  } catch {
    return false;
  }
}
