-- Second readers: what another program said of a held comment that screening was unsure about. Its answer is a hint: it
-- moves the comment by at most a fifth of the queue's order, and no row here can decide anything.

alter table event drop constraint event_kind_check;
-- Not validated: every row satisfied the narrower constraint, and reading the whole table would keep writers waiting.
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set', 'read_again')) not valid;

-- Whatever a second reader is told by a comment, no decision carries its name.
alter table decision add constraint decision_by_no_reader check (actor not like 'second-reader:%') not valid;

create table second_reading (
  site text not null,
  comment uuid not null,
  reader text not null check (reader in ('chat', 'onnx')),
  model text not null,
  scores jsonb not null check (jsonb_typeof(scores) = 'object'),
  reason text check (char_length(reason) <= 400),
  shift real not null check (abs(shift) <= 0.2::real),
  milliseconds integer not null check (milliseconds >= 0),
  read_at timestamptz not null,
  primary key (site, comment, reader),
  foreign key (site, comment) references comment (site, id)
);

-- Whose turn a comment is: a lease while `due_at` lies ahead, then a pause after a failure. Of no meaning once the comment
-- was decided.
create table second_reading_turn (
  site text not null,
  comment uuid not null,
  reader text not null,
  attempts integer not null,
  due_at timestamptz not null,
  last_failure text,
  primary key (site, comment, reader)
);

-- Questions asked on one day (UTC): a restart does not begin the day's budget anew.
create table second_reading_day (
  site text not null,
  reader text not null,
  day date not null,
  asked integer not null,
  primary key (site, reader, day)
);

create or replace function guard_comment() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2
      and row(new.state, new.version, new.decision, new.name, new.text, new.sha256, new.need)
      is distinct from row(old.state, old.version, old.decision, old.name, old.text, old.sha256, old.need) then
    raise exception 'a comment changes by events only' using errcode = 'ST002';
  end if;
  if row(new.site, new.id, new.seq, new.story, new.parent, new.lang, new.dir, new.submitted_at)
      is distinct from row(old.site, old.id, old.seq, old.story, old.parent, old.lang, old.dir, old.submitted_at)
     or new.need is distinct from old.need and (old.state <> 'held' or new.state <> 'held')
     or new.screening is distinct from old.screening and new.state <> 'erased'
     or new.network is not null and new.network is distinct from old.network
     or new.fingerprint is not null and new.fingerprint is distinct from old.fingerprint
     or row(new.name, new.text, new.sha256) is distinct from row(old.name, old.text, old.sha256)
        and not (new.state = 'erased' and new.name is null and new.text is null and new.sha256 is null) then
    raise exception 'a comment is never edited' using errcode = 'ST002';
  end if;
  return new;
end $$;

create function fold_read_again() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c comment;
  moved real := (new.body ->> 'shift')::real;
begin
  select k.* into c from comment k where k.site = new.site and k.id = new.comment for update;
  if not found or c.state <> 'held' then
    raise exception 'the comment has moved on' using errcode = 'ST001';
  end if;
  insert into second_reading (site, comment, reader, model, scores, reason, shift, milliseconds, read_at)
    values (new.site, new.comment, new.body ->> 'reader', new.body ->> 'model', new.body -> 'scores', new.body ->> 'reason',
      moved, (new.body ->> 'milliseconds')::integer, new.at);
  update comment u set need = greatest(0, least(1, u.need + moved)) where u.site = c.site and u.id = c.id;
  return null;
end $$;

-- A reason may repeat words of the comment: it goes with it.
create function forget_second_readings() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
  delete from second_reading r where r.site = new.site and r.comment = new.comment;
  return null;
end $$;

create function guard_second_reading() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or pg_trigger_depth() < 2 then
    raise exception 'second_reading is written by events only' using errcode = 'ST002';
  end if;
  return coalesce(new, old);
end $$;

drop trigger fold on event;
create trigger fold after insert on event for each row when (new.kind not in ('received', 'read_again'))
  execute function fold_event();
create trigger fold_read_again after insert on event for each row when (new.kind = 'read_again')
  execute function fold_read_again();
create trigger forget_second_readings after insert on event for each row when (new.kind = 'erased')
  execute function forget_second_readings();
create trigger guard before insert or update or delete on second_reading for each row
  execute function guard_second_reading();
create trigger keep_all before truncate on second_reading execute function refuse_rewrite();

revoke all on function fold_read_again, forget_second_readings, guard_second_reading from public;

grant select on second_reading to {{writer}};
grant select, insert, update, delete on second_reading_turn, second_reading_day to {{writer}};
