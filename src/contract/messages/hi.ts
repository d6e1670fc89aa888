import counts from './hi/counts.json' with { type: 'json' };
import deciding from './hi/deciding.json' with { type: 'json' };
import featured from './hi/featured.json' with { type: 'json' };
import form from './hi/form.json' with { type: 'json' };
import frame from './hi/frame.json' with { type: 'json' };
import guidelines from './hi/guidelines.json' with { type: 'json' };
import mail from './hi/mail.json' with { type: 'json' };
import mailing from './hi/mailing.json' with { type: 'json' };
import notice from './hi/notice.json' with { type: 'json' };
import opening from './hi/opening.json' with { type: 'json' };
import own from './hi/own.json' with { type: 'json' };
import people from './hi/people.json' with { type: 'json' };
import privacy from './hi/privacy.json' with { type: 'json' };
import push from './hi/push.json' with { type: 'json' };
import queue from './hi/queue.json' with { type: 'json' };
import reactions from './hi/reactions.json' with { type: 'json' };
import receipt from './hi/receipt.json' with { type: 'json' };
import refusals from './hi/refusals.json' with { type: 'json' };
import rulebook from './hi/rulebook.json' with { type: 'json' };
import sanctions from './hi/sanctions.json' with { type: 'json' };
import speaking from './hi/speaking.json' with { type: 'json' };
import thread from './hi/thread.json' with { type: 'json' };
import threads from './hi/threads.json' with { type: 'json' };
import together from './hi/together.json' with { type: 'json' };

export const hi = {
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
