import counts from './nl/counts.json' with { type: 'json' };
import deciding from './nl/deciding.json' with { type: 'json' };
import featured from './nl/featured.json' with { type: 'json' };
import form from './nl/form.json' with { type: 'json' };
import frame from './nl/frame.json' with { type: 'json' };
import guidelines from './nl/guidelines.json' with { type: 'json' };
import mail from './nl/mail.json' with { type: 'json' };
import mailing from './nl/mailing.json' with { type: 'json' };
import notice from './nl/notice.json' with { type: 'json' };
import opening from './nl/opening.json' with { type: 'json' };
import own from './nl/own.json' with { type: 'json' };
import people from './nl/people.json' with { type: 'json' };
import privacy from './nl/privacy.json' with { type: 'json' };
import push from './nl/push.json' with { type: 'json' };
import queue from './nl/queue.json' with { type: 'json' };
import reactions from './nl/reactions.json' with { type: 'json' };
import receipt from './nl/receipt.json' with { type: 'json' };
import refusals from './nl/refusals.json' with { type: 'json' };
import rulebook from './nl/rulebook.json' with { type: 'json' };
import sanctions from './nl/sanctions.json' with { type: 'json' };
import speaking from './nl/speaking.json' with { type: 'json' };
import thread from './nl/thread.json' with { type: 'json' };
import threads from './nl/threads.json' with { type: 'json' };
import together from './nl/together.json' with { type: 'json' };

export const nl = {
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
