import counts from './fr/counts.json' with { type: 'json' };
import deciding from './fr/deciding.json' with { type: 'json' };
import featured from './fr/featured.json' with { type: 'json' };
import form from './fr/form.json' with { type: 'json' };
import frame from './fr/frame.json' with { type: 'json' };
import guidelines from './fr/guidelines.json' with { type: 'json' };
import mail from './fr/mail.json' with { type: 'json' };
import mailing from './fr/mailing.json' with { type: 'json' };
import notice from './fr/notice.json' with { type: 'json' };
import opening from './fr/opening.json' with { type: 'json' };
import own from './fr/own.json' with { type: 'json' };
import people from './fr/people.json' with { type: 'json' };
import privacy from './fr/privacy.json' with { type: 'json' };
import push from './fr/push.json' with { type: 'json' };
import queue from './fr/queue.json' with { type: 'json' };
import reactions from './fr/reactions.json' with { type: 'json' };
import receipt from './fr/receipt.json' with { type: 'json' };
import refusals from './fr/refusals.json' with { type: 'json' };
import rulebook from './fr/rulebook.json' with { type: 'json' };
import sanctions from './fr/sanctions.json' with { type: 'json' };
import speaking from './fr/speaking.json' with { type: 'json' };
import thread from './fr/thread.json' with { type: 'json' };
import threads from './fr/threads.json' with { type: 'json' };
import together from './fr/together.json' with { type: 'json' };

export const fr = {
  ...counts,
  ...deciding,
  ...featured,
  ...form,
  ...frame,
  ...guidelines,
  ...mail,
  ...mailing,
  ...notice,
  ...opening,
  ...own,
  ...people,
  ...privacy,
  ...push,
  ...queue,
  ...reactions,
  ...receipt,
  ...refusals,
  ...rulebook,
  ...sanctions,
  ...speaking,
  ...thread,
  ...threads,
  ...together,
};
