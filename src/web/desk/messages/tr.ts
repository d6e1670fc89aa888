import appeals from './tr/appeals.json' with { type: 'json' };
import automation from './tr/automation.json' with { type: 'json' };
import caseMore from './tr/caseMore.json' with { type: 'json' };
import cases from './tr/cases.json' with { type: 'json' };
import deciding from './tr/deciding.json' with { type: 'json' };
import featured from './tr/featured.json' with { type: 'json' };
import filters from './tr/filters.json' with { type: 'json' };
import frame from './tr/frame.json' with { type: 'json' };
import happened from './tr/happened.json' with { type: 'json' };
import health from './tr/health.json' with { type: 'json' };
import keys from './tr/keys.json' with { type: 'json' };
import people from './tr/people.json' with { type: 'json' };
import queue from './tr/queue.json' with { type: 'json' };
import reports from './tr/reports.json' with { type: 'json' };
import rulebook from './tr/rulebook.json' with { type: 'json' };
import said from './tr/said.json' with { type: 'json' };
import sanctions from './tr/sanctions.json' with { type: 'json' };
import screening from './tr/screening.json' with { type: 'json' };
import settings from './tr/settings.json' with { type: 'json' };
import speaking from './tr/speaking.json' with { type: 'json' };
import together from './tr/together.json' with { type: 'json' };
import verdict from './tr/verdict.json' with { type: 'json' };

export const tr = {
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
