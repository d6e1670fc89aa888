-- Readers of accounts and protected names can be known again by them, and an editor can free a protected name.

-- For a protected name `account` is the digest of its public key: what freeing the name, and a sanction, find its holder by.
-- Comments of before have none.
alter table speaker drop constraint speaker_check;
alter table speaker add constraint speaker_check check (account is not null or kind = 'name');

alter table sanction drop constraint sanction_known_by_check;
-- Not validated, as in 0012: every row satisfied the narrower constraint.
alter table sanction add constraint sanction_known_by_check
  check (known_by <@ array['account', 'name', 'receipt', 'network'] and cardinality(known_by) > 0) not valid;

alter table event drop constraint event_kind_check;
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set', 'read_again', 'account_changed', 'first_verdict', 'second_verdict', 'rechecked', 'sanctioned',
   'sanction_lifted', 'sanction_appealed', 'sanction_appeal_decided', 'reports_dismissed', 'featured', 'unfeatured',
   'name_freed'))
  not valid;

-- The record says that an editor freed the name of this comment's reader; which names those are stands nowhere in it.
create function fold_name_freed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held_by bytea;
begin
  select s.account into held_by from speaker s where s.site = new.site and s.comment = new.comment and s.kind = 'name';
  delete from protected_name p where p.site = new.site and p.holder = held_by;
  if not found then
    raise exception 'the name is free' using errcode = 'ST001';
  end if;
  return null;
end $$;

create trigger fold_name_freed after insert on event for each row when (new.kind = 'name_freed')
  execute function fold_name_freed();
create index protected_name_holder on protected_name (site, holder);

revoke all on function fold_name_freed from public;
