-- Mail to authors by double opt-in. An address that was left with a comment is asked once, by a mail whose link leads to a
-- button; until somebody presses it nothing else is sent there. Whoever confirmed may be told of replies, gathered to one
-- mail an hour.

alter table contact
  add column confirmed_at timestamptz,
  add column wants_replies boolean not null default false,
  -- Of the replies: up to which position (`published.position`) they were told, when, and whether a mail about more is owed.
  add column told_position bigint not null default 0,
  add column told_at timestamptz,
  add column letter_owed boolean not null default false;

-- How often an address was asked, and whether it wants none: by a MAC under the installation's secret, since the address itself
-- is sealed under a key of its own for each comment and cannot be compared.
create table mail_address (
  site text not null references site,
  address bytea not null,
  asked integer not null,
  asked_since timestamptz not null,
  refused_at timestamptz,
  primary key (site, address)
);
create index mail_address_since on mail_address (asked_since);

create function ask_authors() returns trigger language plpgsql as $$
begin
  insert into outbox (site, kind, body, created_at, due_at)
    select a.site, 'confirm', jsonb_build_object('comment', a.comment), c.submitted_at, c.submitted_at
      from added a join comment c on c.site = a.site and c.id = a.comment;
  return null;
end $$;

-- Owes the author of a comment one mail about every reply that was published since the last one. The few minutes gather what a
-- moderator approves in one sitting, and spare the author a reply that is taken down at once.
create function owe_replies(of_site text, of_comment uuid, at timestamptz) returns void language plpgsql as $$
declare
  k contact;
begin
  select c.* into k from contact c
    where c.site = of_site and c.comment = of_comment and c.confirmed_at is not null and c.wants_replies for update;
  if not found or k.letter_owed or not exists (
      select from published r join published p on p.site = r.site and p.id = r.parent
      where r.site = of_site and r.parent = of_comment and r.position > k.told_position) then
    return;
  end if;
  update contact c set letter_owed = true where c.site = of_site and c.comment = of_comment;
  insert into outbox (site, kind, body, created_at, due_at)
    values (of_site, 'replies', jsonb_build_object('comment', of_comment), at,
      greatest(at + interval '5 minutes', k.told_at + interval '1 hour'));
end $$;

create function tell_parent() returns trigger language plpgsql as $$
begin
  perform owe_replies(new.site, new.parent, new.published_at);
  return null;
end $$;

create trigger ask after insert on contact referencing new table as added for each statement execute function ask_authors();
create trigger tell_parent after insert on published for each row when (new.parent is not null)
  execute function tell_parent();

-- Addresses that were left before are asked as well.
insert into outbox (site, kind, body, created_at, due_at)
  select site, 'confirm', jsonb_build_object('comment', comment), now(), now() from contact;

revoke all on function ask_authors, owe_replies, tell_parent from public;
grant execute on function owe_replies to {{writer}};
grant select, insert, update, delete on mail_address to {{writer}};
