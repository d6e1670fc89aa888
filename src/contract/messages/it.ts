import counts from './it/counts.json' with { type: 'json' };
import deciding from './it/deciding.json' with { type: 'json' };
import featured from './it/featured.json' with { type: 'json' };
import form from './it/form.json' with { type: 'json' };
import frame from './it/frame.json' with { type: 'json' };
import guidelines from './it/guidelines.json' with { type: 'json' };
import mail from './it/mail.json' with { type: 'json' };
import mailing from './it/mailing.json' with { type: 'json' };
import notice from './it/notice.json' with { type: 'json' };
import opening from './it/opening.json' with { type: 'json' };
import own from './it/own.json' with { type: 'json' };
import people from './it/people.json' with { type: 'json' };
import privacy from './it/privacy.json' with { type: 'json' };
import push from './it/push.json' with { type: 'json' };
import queue from './it/queue.json' with { type: 'json' };
import reactions from './it/reactions.json' with { type: 'json' };
import receipt from './it/receipt.json' with { type: 'json' };
import refusals from './it/refusals.json' with { type: 'json' };
import rulebook from './it/rulebook.json' with { type: 'json' };
import sanctions from './it/sanctions.json' with { type: 'json' };
import speaking from './it/speaking.json' with { type: 'json' };
import thread from './it/thread.json' with { type: 'json' };
import threads from './it/threads.json' with { type: 'json' };
import together from './it/together.json' with { type: 'json' };

export const it = {
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
