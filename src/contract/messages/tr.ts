import counts from './tr/counts.json' with { type: 'json' };
import deciding from './tr/deciding.json' with { type: 'json' };
import featured from './tr/featured.json' with { type: 'json' };
import form from './tr/form.json' with { type: 'json' };
import frame from './tr/frame.json' with { type: 'json' };
import guidelines from './tr/guidelines.json' with { type: 'json' };
import mail from './tr/mail.json' with { type: 'json' };
import mailing from './tr/mailing.json' with { type: 'json' };
import notice from './tr/notice.json' with { type: 'json' };
import opening from './tr/opening.json' with { type: 'json' };
import own from './tr/own.json' with { type: 'json' };
import people from './tr/people.json' with { type: 'json' };
import privacy from './tr/privacy.json' with { type: 'json' };
import push from './tr/push.json' with { type: 'json' };
import queue from './tr/queue.json' with { type: 'json' };
import reactions from './tr/reactions.json' with { type: 'json' };
import receipt from './tr/receipt.json' with { type: 'json' };
import refusals from './tr/refusals.json' with { type: 'json' };
import rulebook from './tr/rulebook.json' with { type: 'json' };
import sanctions from './tr/sanctions.json' with { type: 'json' };
import speaking from './tr/speaking.json' with { type: 'json' };
import thread from './tr/thread.json' with { type: 'json' };
import threads from './tr/threads.json' with { type: 'json' };
import together from './tr/together.json' with { type: 'json' };

export const tr = {
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
