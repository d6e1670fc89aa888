import counts from './es/counts.json' with { type: 'json' };
import deciding from './es/deciding.json' with { type: 'json' };
import featured from './es/featured.json' with { type: 'json' };
import form from './es/form.json' with { type: 'json' };
import frame from './es/frame.json' with { type: 'json' };
import guidelines from './es/guidelines.json' with { type: 'json' };
import mail from './es/mail.json' with { type: 'json' };
import mailing from './es/mailing.json' with { type: 'json' };
import notice from './es/notice.json' with { type: 'json' };
import opening from './es/opening.json' with { type: 'json' };
import own from './es/own.json' with { type: 'json' };
import people from './es/people.json' with { type: 'json' };
import privacy from './es/privacy.json' with { type: 'json' };
import push from './es/push.json' with { type: 'json' };
import queue from './es/queue.json' with { type: 'json' };
import reactions from './es/reactions.json' with { type: 'json' };
import receipt from './es/receipt.json' with { type: 'json' };
import refusals from './es/refusals.json' with { type: 'json' };
import rulebook from './es/rulebook.json' with { type: 'json' };
import sanctions from './es/sanctions.json' with { type: 'json' };
import speaking from './es/speaking.json' with { type: 'json' };
import thread from './es/thread.json' with { type: 'json' };
import threads from './es/threads.json' with { type: 'json' };
import together from './es/together.json' with { type: 'json' };

export const es = {
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
