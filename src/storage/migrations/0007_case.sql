-- The case at the desk: how a moderator wants the desk, and what stands around a comment.

-- One row for each account of the person. No other account reads it.
create table preference (
  site text not null,
  account uuid not null,
  body jsonb not null check (jsonb_typeof(body) = 'object'),
  updated_at timestamptz not null,
  primary key (site, account),
  foreign key (site, account) references account (site, id)
);
grant select, insert, update, delete on preference to {{writer}};

-- When the text itself last changed, so that a place within it is shown only in the text that was screened. Null before the
-- first change under this version.
alter table story add column text_at timestamptz;

-- With the order of submission in it, since the desk shows the last decisions under a name that may have thousands.
drop index comment_author;
create index comment_author on comment (site, name, seq) where state in ('approved', 'rejected', 'removed');
