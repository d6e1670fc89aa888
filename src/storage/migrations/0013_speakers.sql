-- Who is speaking: comments by an account of the publisher or under a protected name, and the names that are protected.

-- Written before the comment itself, so that none is ever published without it; without a foreign key for that reason.
-- `account` is a MAC of the publisher's identifier under the installation's secret.
create table speaker (
  site text not null,
  comment uuid not null,
  kind text not null check (kind in ('account', 'staff', 'name')),
  account bytea,
  primary key (site, comment),
  check ((account is null) = (kind = 'name'))
);

-- A name by one of the keys that it is compared by (a MAC of it), and the digest of the public key that may write under it.
create table protected_name (
  site text not null references site,
  key bytea not null,
  holder bytea not null,
  used_at timestamptz not null,
  primary key (site, key)
);
create index protected_name_used on protected_name (site, used_at);

-- Tokens that name themselves (`jti`) hold for one comment.
create table reader_token (
  site text not null,
  token bytea not null,
  submission text not null,
  expires_at timestamptz not null,
  primary key (site, token)
);
create index reader_token_expires on reader_token (expires_at);

alter table published add column speaker text;

-- As `mark_newsroom` of 0010.
create function mark_speaker() returns trigger language plpgsql as $$
begin
  new.speaker := (select s.kind from speaker s where s.site = new.site and s.comment = new.id);
  return new;
end $$;

-- A mark comes with its comment or never. The same submission again meets its own.
create function guard_speaker() returns trigger language plpgsql as $$
begin
  if exists (select from comment c where c.site = new.site and c.id = new.comment) then
    if exists (select from speaker s where s.site = new.site and s.comment = new.comment and s.kind = new.kind
        and s.account is not distinct from new.account) then
      return null;
    end if;
    raise exception 'who wrote a comment is known when it comes in, or never' using errcode = 'ST002';
  end if;
  return new;
end $$;

create function forget_speaker() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from speaker s where s.site = new.site and s.comment = new.comment;
  return null;
end $$;

-- Servers keep in memory whether a site has protected names at all.
create function tell_first_name() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from protected_name p where p.site = new.site limit 4) few) < 4 then
    perform tell('site', new.site, null, null);
  end if;
  return null;
end $$;

create trigger mark_speaker before insert on published for each row execute function mark_speaker();
create trigger guard before insert or update on speaker for each row execute function guard_speaker();
create trigger forget_speaker after insert on event for each row when (new.kind = 'erased')
  execute function forget_speaker();
create trigger tell after insert on protected_name for each row execute function tell_first_name();

revoke all on function mark_speaker, guard_speaker, forget_speaker, tell_first_name from public;

grant select, insert, update on speaker to {{writer}};
grant select, insert, update, delete on protected_name, reader_token to {{writer}};
