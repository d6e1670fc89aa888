import counts from './pt/counts.json' with { type: 'json' };
import deciding from './pt/deciding.json' with { type: 'json' };
import featured from './pt/featured.json' with { type: 'json' };
import form from './pt/form.json' with { type: 'json' };
import frame from './pt/frame.json' with { type: 'json' };
import guidelines from './pt/guidelines.json' with { type: 'json' };
import mail from './pt/mail.json' with { type: 'json' };
import mailing from './pt/mailing.json' with { type: 'json' };
import notice from './pt/notice.json' with { type: 'json' };
import opening from './pt/opening.json' with { type: 'json' };
import own from './pt/own.json' with { type: 'json' };
import people from './pt/people.json' with { type: 'json' };
import privacy from './pt/privacy.json' with { type: 'json' };
import push from './pt/push.json' with { type: 'json' };
import queue from './pt/queue.json' with { type: 'json' };
import reactions from './pt/reactions.json' with { type: 'json' };
import receipt from './pt/receipt.json' with { type: 'json' };
import refusals from './pt/refusals.json' with { type: 'json' };
import rulebook from './pt/rulebook.json' with { type: 'json' };
import sanctions from './pt/sanctions.json' with { type: 'json' };
import speaking from './pt/speaking.json' with { type: 'json' };
import thread from './pt/thread.json' with { type: 'json' };
import threads from './pt/threads.json' with { type: 'json' };
import together from './pt/together.json' with { type: 'json' };

export const pt = {
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
