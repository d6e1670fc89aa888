-- A rejection that two read is the work of both: neither of them decides the appeal against it, whatever the program does.

-- On the appeal's row and not on the event, so that events that are no appeal pay nothing for it.
create function guard_appeal_readers() returns trigger language plpgsql as $$
begin
  if exists (select from first_verdict f where f.site = new.site and f.comment = new.comment
      and (f.actor = new.decided_by or f.other_verdict = 'reject' and f.other_actor = new.decided_by)) then
    raise exception 'an appeal is decided by somebody who did not reject the comment' using errcode = 'ST003';
  end if;
  return new;
end $$;

create trigger guard_readers before update on appeal for each row
  when (old.decided_by is null and new.decided_by is not null) execute function guard_appeal_readers();

revoke all on function guard_appeal_readers from public;
