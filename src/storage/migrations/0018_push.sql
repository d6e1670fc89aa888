-- Web Push: the address that an author's browser gave for being told of a decision and of replies, sealed as a mail address is.

create table push_subscription (
  site text not null,
  comment uuid not null,
  sealed bytea not null,
  language text not null,
  delete_after timestamptz not null,
  -- As in `contact`.
  told_position bigint not null default 0,
  told_at timestamptz,
  letter_owed boolean not null default false,
  primary key (site, comment),
  foreign key (site, comment) references comment (site, id)
);
create index push_subscription_due on push_subscription (delete_after);

-- As `owe_replies`, for a browser.
create function owe_reply_push(of_site text, of_comment uuid, at timestamptz) returns void language plpgsql as $$
declare
  k push_subscription;
begin
  select s.* into k from push_subscription s where s.site = of_site and s.comment = of_comment for update;
  if not found or k.letter_owed or not exists (
      select from published r join published p on p.site = r.site and p.id = r.parent
      where r.site = of_site and r.parent = of_comment and r.position > k.told_position) then
    return;
  end if;
  update push_subscription s set letter_owed = true where s.site = of_site and s.comment = of_comment;
  insert into outbox (site, kind, body, created_at, due_at)
    values (of_site, 'push', jsonb_build_object('comment', of_comment, 'about', 'replies'), at,
      greatest(at + interval '5 minutes', k.told_at + interval '1 hour'));
end $$;

create or replace function tell_parent() returns trigger language plpgsql as $$
begin
  perform owe_replies(new.site, new.parent, new.published_at);
  perform owe_reply_push(new.site, new.parent, new.published_at);
  return null;
end $$;

-- Whoever takes a comment back, or has it erased, is told nothing more.
create function forget_push() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from push_subscription s where s.site = new.site and s.comment = new.comment;
  return null;
end $$;
create trigger forget_push after insert on event for each row when (new.kind in ('withdrawn', 'erased'))
  execute function forget_push();

revoke all on function owe_reply_push, forget_push from public;
grant execute on function owe_reply_push to {{writer}};
grant select, insert, update, delete on push_subscription to {{writer}};
