import counts from './fa/counts.json' with { type: 'json' };
import deciding from './fa/deciding.json' with { type: 'json' };
import featured from './fa/featured.json' with { type: 'json' };
import form from './fa/form.json' with { type: 'json' };
import frame from './fa/frame.json' with { type: 'json' };
import guidelines from './fa/guidelines.json' with { type: 'json' };
import mail from './fa/mail.json' with { type: 'json' };
import mailing from './fa/mailing.json' with { type: 'json' };
import notice from './fa/notice.json' with { type: 'json' };
import opening from './fa/opening.json' with { type: 'json' };
import own from './fa/own.json' with { type: 'json' };
import people from './fa/people.json' with { type: 'json' };
import privacy from './fa/privacy.json' with { type: 'json' };
import push from './fa/push.json' with { type: 'json' };
import queue from './fa/queue.json' with { type: 'json' };
import reactions from './fa/reactions.json' with { type: 'json' };
import receipt from './fa/receipt.json' with { type: 'json' };
import refusals from './fa/refusals.json' with { type: 'json' };
import rulebook from './fa/rulebook.json' with { type: 'json' };
import sanctions from './fa/sanctions.json' with { type: 'json' };
import speaking from './fa/speaking.json' with { type: 'json' };
import thread from './fa/thread.json' with { type: 'json' };
import threads from './fa/threads.json' with { type: 'json' };
import together from './fa/together.json' with { type: 'json' };

export const fa = {
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
