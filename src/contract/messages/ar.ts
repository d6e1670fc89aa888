import counts from './ar/counts.json' with { type: 'json' };
import deciding from './ar/deciding.json' with { type: 'json' };
import featured from './ar/featured.json' with { type: 'json' };
import form from './ar/form.json' with { type: 'json' };
import frame from './ar/frame.json' with { type: 'json' };
import guidelines from './ar/guidelines.json' with { type: 'json' };
import mail from './ar/mail.json' with { type: 'json' };
import mailing from './ar/mailing.json' with { type: 'json' };
import notice from './ar/notice.json' with { type: 'json' };
import opening from './ar/opening.json' with { type: 'json' };
import own from './ar/own.json' with { type: 'json' };
import people from './ar/people.json' with { type: 'json' };
import privacy from './ar/privacy.json' with { type: 'json' };
import push from './ar/push.json' with { type: 'json' };
import queue from './ar/queue.json' with { type: 'json' };
import reactions from './ar/reactions.json' with { type: 'json' };
import receipt from './ar/receipt.json' with { type: 'json' };
import refusals from './ar/refusals.json' with { type: 'json' };
import rulebook from './ar/rulebook.json' with { type: 'json' };
import sanctions from './ar/sanctions.json' with { type: 'json' };
import speaking from './ar/speaking.json' with { type: 'json' };
import thread from './ar/thread.json' with { type: 'json' };
import threads from './ar/threads.json' with { type: 'json' };
import together from './ar/together.json' with { type: 'json' };

export const ar = {
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
