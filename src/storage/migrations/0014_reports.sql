-- Reports to their end: a notice of illegal content (DSA Art. 16), the moderator's decision on a report, and the mail that
-- whoever reported is owed. A removal upholds what readers reported; to dismiss is an event of its own, with its author.

alter table event drop constraint event_kind_check;
-- Not validated, as in 0012.
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set', 'read_again', 'account_changed', 'first_verdict', 'second_verdict', 'rechecked', 'sanctioned',
   'sanction_lifted', 'sanction_appealed', 'sanction_appeal_decided', 'reports_dismissed'))
  not valid;

alter table report
  -- A notice in the words of the law, and whether it is about an offence for which nobody has to give a name.
  add column notice boolean not null default false,
  add column nameless_offence boolean not null default false,
  -- In which whoever reported is written to.
  add column language text,
  add column explanation text,
  add column decided_by text,
  add column decided_at timestamptz,
  -- The removal that upheld it.
  add column decision bigint,
  drop constraint report_state_check,
  -- `closed`: the comment went for another reason, withdrawn by its author or erased.
  add constraint report_state_check check (state in ('open', 'upheld', 'dismissed', 'closed')),
  add constraint report_decision foreign key (site, comment, decision) references decision (site, comment, seq),
  add constraint report_decided check ((state = 'open') = (decided_at is null) and (state = 'upheld') = (decision is not null));
create index report_comment on report (site, comment);

create function fold_reports() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  reached text := case new.kind when 'decided' then 'upheld' when 'reports_dismissed' then 'dismissed' else 'closed' end;
  named uuid[];
  touched uuid[];
begin
  if new.kind = 'reports_dismissed' then
    named := array(select jsonb_array_elements_text(new.body -> 'reports')::uuid);
  end if;
  with settled as (
    update report r set state = reached, decided_at = new.at, decided_by = new.actor,
        explanation = case reached when 'dismissed' then new.body ->> 'explanation' end,
        decision = case reached when 'upheld' then new.seq end
      where r.site = new.site and r.comment = new.comment and r.state = 'open' and (named is null or r.id = any (named))
      returning r.id, r.sealed_contact is not null as "isReachable"
  ), owed as (
    insert into outbox (site, kind, body, created_at, due_at)
      select new.site, 'report', jsonb_build_object('report', s.id), new.at, new.at from settled s where s."isReachable"
  )
  select array_agg(id) into touched from settled;
  if named is not null and cardinality(named) is distinct from cardinality(touched) then
    raise exception 'a report is no longer open' using errcode = 'ST001';
  end if;
  if new.kind = 'erased' then
    update report r set detail = null, explanation = null where r.site = new.site and r.comment = new.comment;
  end if;
  return null;
end $$;

-- What a report came to is written by events only; its words and addresses can be forgotten, and nothing is rewritten.
create function guard_report() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and row(new.state, new.decided_by, new.decided_at, new.decision)
      is distinct from row(old.state, old.decided_by, old.decided_at, old.decision) then
    raise exception 'a report is decided by events only' using errcode = 'ST002';
  end if;
  if row(new.site, new.id, new.comment, new.reason, new.reported_at, new.notice, new.nameless_offence)
      is distinct from row(old.site, old.id, old.comment, old.reason, old.reported_at, old.notice, old.nameless_offence)
     or new.detail is not null and new.detail is distinct from old.detail
     or pg_trigger_depth() < 2 and new.explanation is not null and new.explanation is distinct from old.explanation then
    raise exception 'a report is never rewritten' using errcode = 'ST002';
  end if;
  return new;
end $$;

-- After `fold`, which refuses what may not happen to the comment.
create trigger fold_reports after insert on event for each row
  when (new.kind in ('reports_dismissed', 'withdrawn', 'erased')
    or new.kind = 'decided' and new.body ->> 'verdict' = 'remove')
  execute function fold_reports();
create trigger guard before update on report for each row execute function guard_report();

revoke all on function fold_reports, guard_report from public;
