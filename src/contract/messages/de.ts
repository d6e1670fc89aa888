import counts from './de/counts.json' with { type: 'json' };
import deciding from './de/deciding.json' with { type: 'json' };
import featured from './de/featured.json' with { type: 'json' };
import form from './de/form.json' with { type: 'json' };
import frame from './de/frame.json' with { type: 'json' };
import guidelines from './de/guidelines.json' with { type: 'json' };
import mail from './de/mail.json' with { type: 'json' };
import mailing from './de/mailing.json' with { type: 'json' };
import notice from './de/notice.json' with { type: 'json' };
import opening from './de/opening.json' with { type: 'json' };
import own from './de/own.json' with { type: 'json' };
import people from './de/people.json' with { type: 'json' };
import privacy from './de/privacy.json' with { type: 'json' };
import push from './de/push.json' with { type: 'json' };
import queue from './de/queue.json' with { type: 'json' };
import reactions from './de/reactions.json' with { type: 'json' };
import receipt from './de/receipt.json' with { type: 'json' };
import refusals from './de/refusals.json' with { type: 'json' };
import rulebook from './de/rulebook.json' with { type: 'json' };
import sanctions from './de/sanctions.json' with { type: 'json' };
import speaking from './de/speaking.json' with { type: 'json' };
import thread from './de/thread.json' with { type: 'json' };
import threads from './de/threads.json' with { type: 'json' };
import together from './de/together.json' with { type: 'json' };

export const de = {
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
