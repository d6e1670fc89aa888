import appeals from './ckb/appeals.json' with { type: 'json' };
import automation from './ckb/automation.json' with { type: 'json' };
import caseMore from './ckb/caseMore.json' with { type: 'json' };
import cases from './ckb/cases.json' with { type: 'json' };
import deciding from './ckb/deciding.json' with { type: 'json' };
import featured from './ckb/featured.json' with { type: 'json' };
import filters from './ckb/filters.json' with { type: 'json' };
import frame from './ckb/frame.json' with { type: 'json' };
import happened from './ckb/happened.json' with { type: 'json' };
import health from './ckb/health.json' with { type: 'json' };
import keys from './ckb/keys.json' with { type: 'json' };
import people from './ckb/people.json' with { type: 'json' };
import queue from './ckb/queue.json' with { type: 'json' };
import reports from './ckb/reports.json' with { type: 'json' };
import rulebook from './ckb/rulebook.json' with { type: 'json' };
import said from './ckb/said.json' with { type: 'json' };
import sanctions from './ckb/sanctions.json' with { type: 'json' };
import screening from './ckb/screening.json' with { type: 'json' };
import settings from './ckb/settings.json' with { type: 'json' };
import speaking from './ckb/speaking.json' with { type: 'json' };
import together from './ckb/together.json' with { type: 'json' };
import verdict from './ckb/verdict.json' with { type: 'json' };

export const ckb = {
  ...appeals,
  ...automation,
  ...caseMore,
  ...cases,
  ...deciding,
  ...featured,
  ...filters,
  ...frame,
  ...happened,
  ...health,
  ...keys,
  ...people,
  ...queue,
  ...reports,
  ...rulebook,
  ...said,
  ...sanctions,
  ...screening,
  ...settings,
  ...speaking,
  ...together,
  ...verdict,
};
