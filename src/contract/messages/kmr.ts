import counts from './kmr/counts.json' with { type: 'json' };
import deciding from './kmr/deciding.json' with { type: 'json' };
import featured from './kmr/featured.json' with { type: 'json' };
import form from './kmr/form.json' with { type: 'json' };
import frame from './kmr/frame.json' with { type: 'json' };
import guidelines from './kmr/guidelines.json' with { type: 'json' };
import mail from './kmr/mail.json' with { type: 'json' };
import mailing from './kmr/mailing.json' with { type: 'json' };
import notice from './kmr/notice.json' with { type: 'json' };
import opening from './kmr/opening.json' with { type: 'json' };
import own from './kmr/own.json' with { type: 'json' };
import people from './kmr/people.json' with { type: 'json' };
import privacy from './kmr/privacy.json' with { type: 'json' };
import push from './kmr/push.json' with { type: 'json' };
import queue from './kmr/queue.json' with { type: 'json' };
import reactions from './kmr/reactions.json' with { type: 'json' };
import receipt from './kmr/receipt.json' with { type: 'json' };
import refusals from './kmr/refusals.json' with { type: 'json' };
import rulebook from './kmr/rulebook.json' with { type: 'json' };
import sanctions from './kmr/sanctions.json' with { type: 'json' };
import speaking from './kmr/speaking.json' with { type: 'json' };
import thread from './kmr/thread.json' with { type: 'json' };
import threads from './kmr/threads.json' with { type: 'json' };
import together from './kmr/together.json' with { type: 'json' };

export const kmr = {
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
