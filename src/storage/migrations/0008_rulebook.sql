-- What editors set: a pause between comments on a story, what a guideline says to authors and in a statement of reasons, and
-- the history of all of it.

-- Seconds between two comments from one network, in place of the site's own; null leaves it to the site.
alter table story add column slow_seconds integer check (slow_seconds between 0 and 86400);

-- Sentences for authors by language; the ground of a statement of reasons (DSA Art. 17(3)), the law where that is one, and the
-- category that the Commission's database files it under (Art. 24(5)). '' is what nobody has chosen.
alter table guideline_version
  add column explanations jsonb not null default '{}',
  add column ground text not null default 'incompatible' check (ground in ('incompatible', 'illegal')),
  add column law text not null default '' check (char_length(law) <= 500),
  add column category text not null default '';

-- Submissions write events of other kinds and pay nothing for it.
create index event_rulebook on event (site, seq) where kind in ('settings_changed', 'guideline_version');
