-- Moderators together: every desk hears at once what colleagues do; a rejection under a guideline that asks for it is read by
-- a second moderator before it takes effect; decided comments are judged again by somebody who is not shown the decision.

alter table guideline_version add column second_reading boolean not null default false;

alter table event drop constraint event_kind_check;
-- Not validated: every row satisfied the narrower constraint, and reading the whole table would keep writers waiting.
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set', 'read_again', 'account_changed', 'first_verdict', 'second_verdict', 'rechecked')) not valid;

-- A rejection that waits for a second moderator, and the verdict of one who saw it otherwise. It decides nothing: the comment
-- stays held until a decision like any other.
create table first_verdict (
  site text not null,
  comment uuid not null,
  seq bigint not null,
  verdict text not null check (verdict = 'reject'),
  guideline text not null,
  guideline_version integer not null,
  explanation text,
  actor text not null,
  given_at timestamptz not null,
  other_verdict text check (other_verdict in ('approve', 'reject')),
  other_guideline text,
  other_explanation text,
  other_actor text check (other_actor <> actor),
  other_given_at timestamptz,
  primary key (site, comment),
  foreign key (site, comment) references comment (site, id),
  foreign key (site, guideline, guideline_version) references guideline_version (site, guideline, version),
  check ((other_actor is null) = (other_verdict is null) and (other_actor is null) = (other_given_at is null)),
  check (other_verdict is distinct from 'reject' or other_guideline <> guideline)
);

-- A decision as somebody else would have taken it, who was not shown it. Changes nothing; tells how far moderators agree.
create table recheck (
  site text not null,
  comment uuid not null,
  decision bigint not null,
  actor text not null,
  verdict text not null check (verdict in ('approve', 'reject')),
  guideline text,
  rechecked_at timestamptz not null,
  primary key (site, comment, decision),
  foreign key (site, comment, decision) references decision (site, comment, seq),
  check ((verdict = 'reject') = (guideline is not null))
);
create index recheck_at on recheck (site, rechecked_at);

-- Who has the desk of a site open, and before which comment they sit. Of no meaning a minute later, so it is worth no log.
create unlogged table presence (
  site text not null,
  tab uuid not null,
  account uuid not null,
  comment uuid,
  seen_at timestamptz not null,
  primary key (site, tab)
);

create function fold_reading() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c comment;
  f first_verdict;
begin
  select k.* into c from comment k where k.site = new.site and k.id = new.comment for update;
  if not found or c.state <> 'held' or (new.body ->> 'version')::integer is distinct from c.version then
    raise exception 'the comment has moved on' using errcode = 'ST001';
  end if;
  if new.kind = 'first_verdict' then
    insert into first_verdict (site, comment, seq, verdict, guideline, guideline_version, explanation, actor, given_at)
      values (new.site, new.comment, new.seq, new.body ->> 'verdict', new.body ->> 'guideline',
        (new.body ->> 'guidelineVersion')::integer, new.body ->> 'explanation', new.actor, new.at);
    return null;
  end if;
  select v.* into f from first_verdict v where v.site = new.site and v.comment = new.comment;
  if not found or f.other_actor is not null then
    raise exception 'no verdict waits for a second reading' using errcode = 'ST001';
  end if;
  if f.actor = new.actor then
    raise exception 'a second reading is another moderator''s' using errcode = 'ST003';
  end if;
  update first_verdict v set other_verdict = new.body ->> 'verdict', other_guideline = new.body ->> 'guideline',
      other_explanation = new.body ->> 'explanation', other_actor = new.actor, other_given_at = new.at
    where v.site = new.site and v.comment = new.comment;
  return null;
end $$;

create function fold_rechecked() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  author text;
begin
  select d.actor into author from decision d join comment c on c.site = d.site and c.id = d.comment
    where d.site = new.site and d.comment = new.comment and d.seq = (new.body ->> 'decision')::bigint
      and d.verdict in ('approve', 'reject') and not d.automated and c.state <> 'erased';
  if not found then
    raise exception 'there is no such decision to look at again' using errcode = 'ST001';
  end if;
  if author = new.actor then
    raise exception 'a decision is looked at again by another moderator' using errcode = 'ST003';
  end if;
  insert into recheck (site, comment, decision, actor, verdict, guideline, rechecked_at)
    values (new.site, new.comment, (new.body ->> 'decision')::bigint, new.actor, new.body ->> 'verdict',
      new.body ->> 'guideline', new.at);
  return null;
end $$;

-- What two had to read was read by two, whatever the program does.
create function guard_first_decision() returns trigger language plpgsql as $$
declare
  f first_verdict;
begin
  select v.* into f from first_verdict v where v.site = new.site and v.comment = new.comment;
  if found then
    if new.automated
       or f.other_actor is null and not (new.verdict = 'reject' and new.guideline = f.guideline and new.actor <> f.actor) then
      raise exception 'a verdict waits for its second reading' using errcode = 'ST001';
    end if;
  elsif new.verdict = 'reject' and exists (select from guideline_version g where g.site = new.site
      and g.guideline = new.guideline and g.version = new.guideline_version and g.second_reading) then
    raise exception 'the guideline asks for a second reading' using errcode = 'ST001';
  end if;
  return new;
end $$;

create function forget_reading() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from first_verdict v where v.site = new.site and v.comment = new.comment;
  return null;
end $$;

-- Said positively, so that a kind of later is folded by nobody but its own trigger.
drop trigger fold on event;
create trigger fold after insert on event for each row
  when (new.kind in ('decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased')) execute function fold_event();
create trigger fold_reading after insert on event for each row when (new.kind in ('first_verdict', 'second_verdict'))
  execute function fold_reading();
create trigger fold_rechecked after insert on event for each row when (new.kind = 'rechecked')
  execute function fold_rechecked();
create trigger forget_reading after insert on event for each row when (new.kind = 'erased')
  execute function forget_reading();
create trigger guard_first before insert on decision for each row when (new.supersedes is null)
  execute function guard_first_decision();
create trigger guard before insert or update or delete on first_verdict for each row execute function only_folded();
create trigger keep_all before truncate on first_verdict execute function refuse_rewrite();
create trigger guard before insert on recheck for each row execute function only_folded();
create trigger keep before update or delete on recheck for each row execute function refuse_rewrite();
create trigger keep_all before truncate on recheck execute function refuse_rewrite();

-- Notices for the desk name a site and a comment and nothing that anybody wrote.
create function tell_claim() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform tell('released', old.site, null, old.comment);
  else
    perform tell('claimed', new.site, null, new.comment);
  end if;
  return null;
end $$;
create function tell_desk() returns trigger language plpgsql as $$
begin
  perform tell(case new.kind when 'appealed' then 'appealed' else 'decided' end, new.site, null, new.comment);
  return null;
end $$;
create function tell_presence() returns trigger language plpgsql as $$
begin
  perform tell('presence', coalesce(new.site, old.site), null, null);
  return null;
end $$;
-- Whoever loses a session, an account or a role stops hearing what the desk says.
create function tell_access() returns trigger language plpgsql as $$
begin
  perform tell('access', new.site, null, null);
  return null;
end $$;
create trigger tell after insert or update or delete on claim for each row execute function tell_claim();
create trigger tell_desk after insert on event for each row
  when (new.kind in ('decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'first_verdict', 'second_verdict'))
  execute function tell_desk();
create trigger tell after insert or update of comment or delete on presence for each row execute function tell_presence();
create trigger tell after update of revoked_at on session for each row execute function tell_access();
create trigger tell after update on account for each row execute function tell_access();

revoke all on function fold_reading, fold_rechecked, guard_first_decision, forget_reading, tell_claim, tell_desk,
  tell_presence, tell_access from public;

grant select on first_verdict, recheck to {{writer}};
grant select, insert, update, delete on presence to {{writer}};
