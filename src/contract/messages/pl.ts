import counts from './pl/counts.json' with { type: 'json' };
import deciding from './pl/deciding.json' with { type: 'json' };
import featured from './pl/featured.json' with { type: 'json' };
import form from './pl/form.json' with { type: 'json' };
import frame from './pl/frame.json' with { type: 'json' };
import guidelines from './pl/guidelines.json' with { type: 'json' };
import mail from './pl/mail.json' with { type: 'json' };
import mailing from './pl/mailing.json' with { type: 'json' };
import notice from './pl/notice.json' with { type: 'json' };
import opening from './pl/opening.json' with { type: 'json' };
import own from './pl/own.json' with { type: 'json' };
import people from './pl/people.json' with { type: 'json' };
import privacy from './pl/privacy.json' with { type: 'json' };
import push from './pl/push.json' with { type: 'json' };
import queue from './pl/queue.json' with { type: 'json' };
import reactions from './pl/reactions.json' with { type: 'json' };
import receipt from './pl/receipt.json' with { type: 'json' };
import refusals from './pl/refusals.json' with { type: 'json' };
import rulebook from './pl/rulebook.json' with { type: 'json' };
import sanctions from './pl/sanctions.json' with { type: 'json' };
import speaking from './pl/speaking.json' with { type: 'json' };
import thread from './pl/thread.json' with { type: 'json' };
import threads from './pl/threads.json' with { type: 'json' };
import together from './pl/together.json' with { type: 'json' };

export const pl = {
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
