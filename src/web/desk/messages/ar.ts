import appeals from './ar/appeals.json' with { type: 'json' };
import automation from './ar/automation.json' with { type: 'json' };
import caseMore from './ar/caseMore.json' with { type: 'json' };
import cases from './ar/cases.json' with { type: 'json' };
import deciding from './ar/deciding.json' with { type: 'json' };
import featured from './ar/featured.json' with { type: 'json' };
import filters from './ar/filters.json' with { type: 'json' };
import frame from './ar/frame.json' with { type: 'json' };
import happened from './ar/happened.json' with { type: 'json' };
import health from './ar/health.json' with { type: 'json' };
import keys from './ar/keys.json' with { type: 'json' };
import people from './ar/people.json' with { type: 'json' };
import queue from './ar/queue.json' with { type: 'json' };
import reports from './ar/reports.json' with { type: 'json' };
import rulebook from './ar/rulebook.json' with { type: 'json' };
import said from './ar/said.json' with { type: 'json' };
import sanctions from './ar/sanctions.json' with { type: 'json' };
import screening from './ar/screening.json' with { type: 'json' };
import settings from './ar/settings.json' with { type: 'json' };
import speaking from './ar/speaking.json' with { type: 'json' };
import together from './ar/together.json' with { type: 'json' };
import verdict from './ar/verdict.json' with { type: 'json' };

export const ar = {
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
