import appeals from './kmr/appeals.json' with { type: 'json' };
import automation from './kmr/automation.json' with { type: 'json' };
import caseMore from './kmr/caseMore.json' with { type: 'json' };
import cases from './kmr/cases.json' with { type: 'json' };
import deciding from './kmr/deciding.json' with { type: 'json' };
import featured from './kmr/featured.json' with { type: 'json' };
import filters from './kmr/filters.json' with { type: 'json' };
import frame from './kmr/frame.json' with { type: 'json' };
import happened from './kmr/happened.json' with { type: 'json' };
import health from './kmr/health.json' with { type: 'json' };
import keys from './kmr/keys.json' with { type: 'json' };
import people from './kmr/people.json' with { type: 'json' };
import queue from './kmr/queue.json' with { type: 'json' };
import reports from './kmr/reports.json' with { type: 'json' };
import rulebook from './kmr/rulebook.json' with { type: 'json' };
import said from './kmr/said.json' with { type: 'json' };
import sanctions from './kmr/sanctions.json' with { type: 'json' };
import screening from './kmr/screening.json' with { type: 'json' };
import settings from './kmr/settings.json' with { type: 'json' };
import speaking from './kmr/speaking.json' with { type: 'json' };
import together from './kmr/together.json' with { type: 'json' };
import verdict from './kmr/verdict.json' with { type: 'json' };

export const kmr = {
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
