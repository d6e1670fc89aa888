import counts from './he/counts.json' with { type: 'json' };
import deciding from './he/deciding.json' with { type: 'json' };
import featured from './he/featured.json' with { type: 'json' };
import form from './he/form.json' with { type: 'json' };
import frame from './he/frame.json' with { type: 'json' };
import guidelines from './he/guidelines.json' with { type: 'json' };
import mail from './he/mail.json' with { type: 'json' };
import mailing from './he/mailing.json' with { type: 'json' };
import notice from './he/notice.json' with { type: 'json' };
import opening from './he/opening.json' with { type: 'json' };
import own from './he/own.json' with { type: 'json' };
import people from './he/people.json' with { type: 'json' };
import privacy from './he/privacy.json' with { type: 'json' };
import push from './he/push.json' with { type: 'json' };
import queue from './he/queue.json' with { type: 'json' };
import reactions from './he/reactions.json' with { type: 'json' };
import receipt from './he/receipt.json' with { type: 'json' };
import refusals from './he/refusals.json' with { type: 'json' };
import rulebook from './he/rulebook.json' with { type: 'json' };
import sanctions from './he/sanctions.json' with { type: 'json' };
import speaking from './he/speaking.json' with { type: 'json' };
import thread from './he/thread.json' with { type: 'json' };
import threads from './he/threads.json' with { type: 'json' };
import together from './he/together.json' with { type: 'json' };

export const he = {
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
