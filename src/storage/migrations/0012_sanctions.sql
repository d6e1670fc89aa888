-- Readers who break the rules again and again: warned, slowed, noted for moderators, suspended for a time. A sanction
-- rests on a comment (or on a report of it) and holds for whoever wrote that: nothing else of the reader is kept, so what
-- is forgotten of the comment is forgotten of the sanction too.

alter table event drop constraint event_kind_check;
-- Not validated: every row satisfied the narrower constraint, and reading the whole table would keep writers waiting.
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set', 'read_again', 'account_changed', 'first_verdict', 'second_verdict', 'rechecked', 'sanctioned',
   'sanction_lifted', 'sanction_appealed', 'sanction_appeal_decided'))
  not valid;

-- As beside the comment: HMAC of the network's prefix under the key of the day, forgotten with it.
alter table report add column network bytea;

create table sanction (
  site text not null,
  id uuid not null,
  comment uuid not null,
  -- Of the comment's reader for what they write or appeal; of this report's reader for what they report.
  about text not null check (about in ('comments', 'appeals', 'reports')),
  report uuid,
  measure text not null check (measure in ('warn', 'slow', 'watch', 'suspend')),
  -- What the reader is known again by: the comment's name, a receipt that their browser shows, the network of the day.
  known_by text[] not null check (known_by <@ array['name', 'receipt', 'network'] and cardinality(known_by) > 0),
  guideline text,
  guideline_version integer,
  explanation text,
  minutes integer check (minutes between 1 and 1440),
  warning uuid,
  -- What the moderator saw: decided comments under the name, and those that broke a guideline.
  decided integer not null,
  breaking integer not null check (breaking between 0 and decided),
  actor text not null check (actor like 'moderator:%'),
  started_at timestamptz not null,
  ends_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by text,
  lifted_why text,
  appeal_state text check (appeal_state in ('open', 'upheld', 'overturned')),
  appeal_text text,
  appealed_at timestamptz,
  appeal_explanation text,
  appeal_decided_by text,
  appeal_decided_at timestamptz,
  primary key (site, id),
  foreign key (site, comment) references comment (site, id),
  foreign key (site, report) references report (site, id),
  foreign key (site, warning) references sanction (site, id),
  foreign key (site, guideline, guideline_version) references guideline_version (site, guideline, version),
  check ((about = 'reports') = (report is not null)),
  check (about <> 'comments' or guideline is not null),
  check ((guideline is null) = (guideline_version is null)),
  check ((measure = 'slow') = (minutes is not null)),
  -- DSA Art. 23: only after a warning, for a reasonable time.
  check ((measure = 'suspend') = (warning is not null)),
  check (ends_at > started_at and ends_at <= started_at + interval '4320 hours'),
  check (measure not in ('slow', 'suspend') or ends_at <= started_at + interval '2160 hours'),
  check ((appeal_state is null) = (appealed_at is null)),
  -- An appeal is decided by another moderator.
  check (appeal_decided_by <> actor)
);
create index sanction_standing on sanction (site, ends_at) where lifted_at is null;
create index sanction_comment on sanction (site, comment);
create index sanction_appeal_open on sanction (site, appealed_at) where appeal_state = 'open';

-- A comment or a report that came from a reader under a sanction, found at intake. Written before the comment itself, so
-- that no comment is ever without its note; without a foreign key for that reason.
create table sanction_mark (
  site text not null,
  subject uuid not null,
  sanction uuid not null,
  marked_at timestamptz not null,
  primary key (site, subject, sanction),
  foreign key (site, sanction) references sanction (site, id)
);
create index sanction_mark_sanction on sanction_mark (site, sanction);

-- When a slowed reader last wrote; one row, so that two servers at once let only one comment through.
create table sanction_turn (
  site text not null,
  sanction uuid not null,
  taken_at timestamptz not null,
  primary key (site, sanction),
  foreign key (site, sanction) references sanction (site, id)
);

create function fold_sanctioned(e event) returns void language plpgsql as $$
declare
  written uuid := coalesce((e.body ->> 'report')::uuid, e.comment);
begin
  -- The mark says that intake knew the reader again under that warning: this was written after it.
  if e.body ->> 'measure' = 'suspend' and not exists (
      select from sanction w join sanction_mark m on m.site = w.site and m.sanction = w.id and m.subject = written
      where w.site = e.site and w.id = (e.body ->> 'warning')::uuid and w.measure = 'warn'
        and w.about = e.body ->> 'about' and w.lifted_at is null and w.started_at < m.marked_at and w.ends_at > e.at) then
    raise exception 'nobody is suspended without a warning' using errcode = 'ST004';
  end if;
  insert into sanction (site, id, comment, about, report, measure, known_by, guideline, guideline_version, explanation,
      minutes, warning, decided, breaking, actor, started_at, ends_at)
    values (e.site, (e.body ->> 'sanction')::uuid, e.comment, e.body ->> 'about', (e.body ->> 'report')::uuid,
      e.body ->> 'measure', array(select jsonb_array_elements_text(e.body -> 'knownBy')), e.body ->> 'guideline',
      (e.body ->> 'guidelineVersion')::integer, e.body ->> 'explanation', (e.body ->> 'minutes')::integer,
      (e.body ->> 'warning')::uuid, (e.body ->> 'decided')::integer, (e.body ->> 'breaking')::integer, e.actor, e.at,
      (e.body ->> 'endsAt')::timestamptz);
end $$;

create function fold_sanction() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c comment;
  s sanction;
begin
  select k.* into c from comment k where k.site = new.site and k.id = new.comment for update;
  if not found or c.state = 'erased' then
    raise exception 'the comment has moved on' using errcode = 'ST001';
  end if;
  if new.kind = 'sanctioned' then
    perform fold_sanctioned(new);
    perform tell('site', new.site, null, null);
    return null;
  end if;
  select k.* into s from sanction k
    where k.site = new.site and k.id = (new.body ->> 'sanction')::uuid and k.comment = new.comment for update;
  if not found
     or new.kind = 'sanction_lifted' and (s.lifted_at is not null or s.ends_at <= new.at)
     or new.kind = 'sanction_appealed' and (s.appealed_at is not null or s.lifted_at is not null)
     or new.kind = 'sanction_appeal_decided' and s.appeal_state is distinct from 'open' then
    raise exception 'the sanction has moved on' using errcode = 'ST001';
  end if;
  if new.kind = 'sanction_appeal_decided' and s.actor = new.actor then
    raise exception 'an appeal is decided by another moderator' using errcode = 'ST003';
  end if;
  case new.kind
    when 'sanction_lifted' then
      update sanction k set lifted_at = new.at, lifted_by = new.actor, lifted_why = new.body ->> 'explanation'
        where k.site = s.site and k.id = s.id;
    when 'sanction_appealed' then
      update sanction k set appeal_state = 'open', appeal_text = new.body ->> 'text', appealed_at = new.at
        where k.site = s.site and k.id = s.id;
    when 'sanction_appeal_decided' then
      update sanction k set appeal_explanation = new.body ->> 'explanation', appeal_decided_by = new.actor,
          appeal_decided_at = new.at,
          appeal_state = case new.body ->> 'verdict' when 'overturn' then 'overturned' else 'upheld' end,
          lifted_at = case new.body ->> 'verdict' when 'overturn' then coalesce(k.lifted_at, new.at) else k.lifted_at end,
          lifted_by = case new.body ->> 'verdict' when 'overturn' then coalesce(k.lifted_by, new.actor) else k.lifted_by end
        where k.site = s.site and k.id = s.id;
  end case;
  perform tell('site', new.site, null, null);
  return null;
end $$;

-- Nobody can be known again by a comment that was erased: what rests on it ends, and its words go with it.
create function forget_sanctions() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
  update sanction s set explanation = null, lifted_why = null, appeal_text = null, appeal_explanation = null,
      lifted_at = coalesce(s.lifted_at, new.at), lifted_by = coalesce(s.lifted_by, new.actor)
    where s.site = new.site and s.comment = new.comment;
  if found then
    perform tell('site', new.site, null, null);
  end if;
  delete from sanction_mark m where m.site = new.site and m.subject = new.comment;
  return null;
end $$;

-- What a moderator wants to read for themselves is no rule's to decide.
create function guard_watched() returns trigger language plpgsql as $$
begin
  if exists (select from sanction_mark m join sanction s on s.site = m.site and s.id = m.sanction
      where m.site = new.site and m.subject = new.comment and s.measure = 'watch') then
    raise exception 'a person reads the comments of this reader' using errcode = 'ST001';
  end if;
  return new;
end $$;

create trigger fold_sanction after insert on event for each row
  when (new.kind in ('sanctioned', 'sanction_lifted', 'sanction_appealed', 'sanction_appeal_decided'))
  execute function fold_sanction();
create trigger forget_sanctions after insert on event for each row when (new.kind = 'erased')
  execute function forget_sanctions();
create trigger guard_alone before insert on decision for each row when (new.automated)
  execute function guard_watched();
create trigger guard before insert or update or delete on sanction for each row execute function only_folded();
create trigger keep_all before truncate on sanction execute function refuse_rewrite();

revoke all on function fold_sanctioned, fold_sanction, forget_sanctions, guard_watched from public;

grant select on sanction to {{writer}};
grant select, insert, delete on sanction_mark to {{writer}};
grant select, insert, update, delete on sanction_turn to {{writer}};
