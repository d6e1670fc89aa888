-- People who moderate: an account may be limited to sections of a site, sessions can be named and ended from elsewhere and
-- know when their person proved last who they are, and every change of an account is in the record.

-- Empty is all of the site. An admin keeps the accounts, so an admin is never limited.
alter table account add column sections text[] not null default '{}'
  check (cardinality(sections) = 0 or role in ('moderator', 'editor'));

-- `id` names a session in lists; its secret and the hash of it stay where they are. `proven_at` is null where nobody can say
-- when the person last proved who they are: an identity provider had remembered them.
alter table session add column id uuid not null default gen_random_uuid();
alter table session add column proven_at timestamptz;

create index if not exists story_section on story (site, section) where section is not null;

alter table event drop constraint event_kind_check;
-- Not validated: every row satisfied the narrower constraint, and reading the whole table would keep writers waiting.
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set', 'read_again', 'account_changed')) not valid;
