import counts from './ckb/counts.json' with { type: 'json' };
import deciding from './ckb/deciding.json' with { type: 'json' };
import featured from './ckb/featured.json' with { type: 'json' };
import form from './ckb/form.json' with { type: 'json' };
import frame from './ckb/frame.json' with { type: 'json' };
import guidelines from './ckb/guidelines.json' with { type: 'json' };
import mail from './ckb/mail.json' with { type: 'json' };
import mailing from './ckb/mailing.json' with { type: 'json' };
import notice from './ckb/notice.json' with { type: 'json' };
import opening from './ckb/opening.json' with { type: 'json' };
import own from './ckb/own.json' with { type: 'json' };
import people from './ckb/people.json' with { type: 'json' };
import privacy from './ckb/privacy.json' with { type: 'json' };
import push from './ckb/push.json' with { type: 'json' };
import queue from './ckb/queue.json' with { type: 'json' };
import reactions from './ckb/reactions.json' with { type: 'json' };
import receipt from './ckb/receipt.json' with { type: 'json' };
import refusals from './ckb/refusals.json' with { type: 'json' };
import rulebook from './ckb/rulebook.json' with { type: 'json' };
import sanctions from './ckb/sanctions.json' with { type: 'json' };
import speaking from './ckb/speaking.json' with { type: 'json' };
import thread from './ckb/thread.json' with { type: 'json' };
import threads from './ckb/threads.json' with { type: 'json' };
import together from './ckb/together.json' with { type: 'json' };

export const ckb = {
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
