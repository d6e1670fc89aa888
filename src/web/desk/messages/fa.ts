import appeals from './fa/appeals.json' with { type: 'json' };
import automation from './fa/automation.json' with { type: 'json' };
import caseMore from './fa/caseMore.json' with { type: 'json' };
import cases from './fa/cases.json' with { type: 'json' };
import deciding from './fa/deciding.json' with { type: 'json' };
import featured from './fa/featured.json' with { type: 'json' };
import filters from './fa/filters.json' with { type: 'json' };
import frame from './fa/frame.json' with { type: 'json' };
import happened from './fa/happened.json' with { type: 'json' };
import health from './fa/health.json' with { type: 'json' };
import keys from './fa/keys.json' with { type: 'json' };
import people from './fa/people.json' with { type: 'json' };
import queue from './fa/queue.json' with { type: 'json' };
import reports from './fa/reports.json' with { type: 'json' };
import rulebook from './fa/rulebook.json' with { type: 'json' };
import said from './fa/said.json' with { type: 'json' };
import sanctions from './fa/sanctions.json' with { type: 'json' };
import screening from './fa/screening.json' with { type: 'json' };
import settings from './fa/settings.json' with { type: 'json' };
import speaking from './fa/speaking.json' with { type: 'json' };
import together from './fa/together.json' with { type: 'json' };
import verdict from './fa/verdict.json' with { type: 'json' };

export const fa = {
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
