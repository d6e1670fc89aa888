-- What happened at the desk is counted when somebody asks, from the comments and events of those days and from no counter.
-- Without these indexes a month of a million comments read the whole table: four seconds in place of a few tenths.
create index comment_submitted on comment (site, submitted_at);
create index event_left on event (site, at) where kind in ('withdrawn', 'erased');

-- Whether a comment finds fault with the newsroom, guessed by words where it is sorted: a desk sees its own bias by it.
-- Nothing else is made of it. What was sorted before is not guessed again.
alter table sorting add column is_critical boolean not null default false;
create index sorting_critical on sorting (site, seq) where is_critical;
