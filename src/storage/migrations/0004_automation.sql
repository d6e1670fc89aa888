-- What a publisher lets the machine reject alone: one rule for one guideline in one language, each set by an editor who saw
-- its measured precision. The database holds the promise as well: no decision is automated without a rule in force that
-- covers this very comment, and no rule stands on fewer than 200 decisions that people took.

create table automation_rule (
  site text not null references site,
  guideline text not null check (guideline ~ '^[a-z0-9-]{1,40}$' and guideline <> 'relevance'),
  lang text not null,
  -- The id of the event that set it: automated decisions name it as their actor.
  rule uuid not null,
  threshold double precision not null check (threshold between 0.5 and 1),
  measured double precision not null check (measured between 0 and 1),
  decisions integer not null check (decisions >= 200),
  taken integer not null check (taken between 20 and decisions),
  -- The model that was measured, and the last decision that the site's own heads had seen ('' without heads): another
  -- model's scores are other scores.
  model text not null,
  fit text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (site, guideline, lang)
);

alter table event drop constraint event_kind_check;
-- Not validated: every row satisfied the narrower constraint, and reading the whole table would keep writers waiting.
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set')) not valid;

create function fold_automation() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.body ->> 'threshold' is null then
    delete from automation_rule r
      where r.site = new.site and r.guideline = new.body ->> 'guideline' and r.lang = new.body ->> 'language';
  else
    insert into automation_rule (site, guideline, lang, rule, threshold, measured, decisions, taken, model, fit, set_by, set_at)
      values (new.site, new.body ->> 'guideline', new.body ->> 'language', new.id,
        (new.body ->> 'threshold')::double precision, (new.body ->> 'precision')::double precision,
        (new.body ->> 'decisions')::integer, (new.body ->> 'taken')::integer, new.body ->> 'model', new.body ->> 'fit',
        new.actor, new.at)
      on conflict (site, guideline, lang) do update set rule = excluded.rule, threshold = excluded.threshold,
        measured = excluded.measured, decisions = excluded.decisions, taken = excluded.taken, model = excluded.model,
        fit = excluded.fit, set_by = excluded.set_by, set_at = excluded.set_at;
  end if;
  perform tell('site', new.site, null, null);
  return null;
end $$;

-- The share lock makes switching off wait for a decision under way, and the next decision see that it is off.
create function guard_automated() returns trigger language plpgsql as $$
begin
  if new.automated and new.verdict = 'reject' then
    perform from automation_rule r join comment c on c.site = r.site and c.id = new.comment
      where r.site = new.site and r.guideline = new.guideline and r.lang = c.screening ->> 'lang'
        and new.actor = 'policy:' || r.rule and c.screening ->> 'model' = r.model
        and (c.screening -> 'scores' ->> r.guideline)::double precision >= r.threshold
      for share of r;
    if found then
      return new;
    end if;
  end if;
  raise exception 'no rule in force decides this comment' using errcode = 'ST001';
end $$;

create trigger fold_automation after insert on event for each row when (new.kind = 'automation_set')
  execute function fold_automation();
create trigger guard before insert or update or delete on automation_rule for each row execute function only_folded();
create trigger keep_all before truncate on automation_rule execute function refuse_rewrite();
create trigger guard_automated before insert on decision for each row
  when (new.automated or new.actor like 'policy:%') execute function guard_automated();

revoke all on function fold_automation, guard_automated from public;

grant select on automation_rule to {{writer}};
