import counts from './ru/counts.json' with { type: 'json' };
import deciding from './ru/deciding.json' with { type: 'json' };
import featured from './ru/featured.json' with { type: 'json' };
import form from './ru/form.json' with { type: 'json' };
import frame from './ru/frame.json' with { type: 'json' };
import guidelines from './ru/guidelines.json' with { type: 'json' };
import mail from './ru/mail.json' with { type: 'json' };
import mailing from './ru/mailing.json' with { type: 'json' };
import notice from './ru/notice.json' with { type: 'json' };
import opening from './ru/opening.json' with { type: 'json' };
import own from './ru/own.json' with { type: 'json' };
import people from './ru/people.json' with { type: 'json' };
import privacy from './ru/privacy.json' with { type: 'json' };
import push from './ru/push.json' with { type: 'json' };
import queue from './ru/queue.json' with { type: 'json' };
import reactions from './ru/reactions.json' with { type: 'json' };
import receipt from './ru/receipt.json' with { type: 'json' };
import refusals from './ru/refusals.json' with { type: 'json' };
import rulebook from './ru/rulebook.json' with { type: 'json' };
import sanctions from './ru/sanctions.json' with { type: 'json' };
import speaking from './ru/speaking.json' with { type: 'json' };
import thread from './ru/thread.json' with { type: 'json' };
import threads from './ru/threads.json' with { type: 'json' };
import together from './ru/together.json' with { type: 'json' };

export const ru = {
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
