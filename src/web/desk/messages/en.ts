import appeals from './en/appeals.json' with { type: 'json' };
import automation from './en/automation.json' with { type: 'json' };
import caseMore from './en/caseMore.json' with { type: 'json' };
import cases from './en/cases.json' with { type: 'json' };
import deciding from './en/deciding.json' with { type: 'json' };
import featured from './en/featured.json' with { type: 'json' };
import filters from './en/filters.json' with { type: 'json' };
import frame from './en/frame.json' with { type: 'json' };
import happened from './en/happened.json' with { type: 'json' };
import health from './en/health.json' with { type: 'json' };
import keys from './en/keys.json' with { type: 'json' };
import people from './en/people.json' with { type: 'json' };
import queue from './en/queue.json' with { type: 'json' };
import reports from './en/reports.json' with { type: 'json' };
import rulebook from './en/rulebook.json' with { type: 'json' };
import said from './en/said.json' with { type: 'json' };
import sanctions from './en/sanctions.json' with { type: 'json' };
import screening from './en/screening.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import speaking from './en/speaking.json' with { type: 'json' };
import together from './en/together.json' with { type: 'json' };
import verdict from './en/verdict.json' with { type: 'json' };

export const en = {
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
