import counts from './en/counts.json' with { type: 'json' };
import deciding from './en/deciding.json' with { type: 'json' };
import featured from './en/featured.json' with { type: 'json' };
import form from './en/form.json' with { type: 'json' };
import frame from './en/frame.json' with { type: 'json' };
import guidelines from './en/guidelines.json' with { type: 'json' };
import mail from './en/mail.json' with { type: 'json' };
import mailing from './en/mailing.json' with { type: 'json' };
import notice from './en/notice.json' with { type: 'json' };
import opening from './en/opening.json' with { type: 'json' };
import own from './en/own.json' with { type: 'json' };
import people from './en/people.json' with { type: 'json' };
import privacy from './en/privacy.json' with { type: 'json' };
import push from './en/push.json' with { type: 'json' };
import queue from './en/queue.json' with { type: 'json' };
import reactions from './en/reactions.json' with { type: 'json' };
import receipt from './en/receipt.json' with { type: 'json' };
import refusals from './en/refusals.json' with { type: 'json' };
import rulebook from './en/rulebook.json' with { type: 'json' };
import sanctions from './en/sanctions.json' with { type: 'json' };
import speaking from './en/speaking.json' with { type: 'json' };
import thread from './en/thread.json' with { type: 'json' };
import threads from './en/threads.json' with { type: 'json' };
import together from './en/together.json' with { type: 'json' };

export const en = {
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
