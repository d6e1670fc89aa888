-- The record: sites, stories, guidelines, comments, events, and what is folded from events.
--
-- Every table carries the site in its key, so that it can later be distributed by site. The writer's role inserts
-- comments and events and nothing else of the journey; `fold_event` alone (security definer) turns an event into state.
-- Triggers refuse what no role may do, the owner included: changing a text, rewriting an event, a second first decision.

create table site (
  site text primary key check (site ~ '^[a-z0-9-]{1,80}$'),
  name text not null,
  language text not null,
  origins text[] not null default '{}',
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

create table story (
  site text not null references site,
  story text not null check (story ~ '^[a-z0-9-]{1,80}$' and story not in ('tags', 'guidelines', 'feed')),
  url text,
  headline text not null,
  standfirst text,
  byline text not null,
  dateline text,
  published timestamptz not null,
  section text,
  tags text[] not null default '{}',
  language text not null,
  dir text not null check (dir in ('ltr', 'rtl')),
  text text not null,
  comments text not null default 'open' check (comments in ('open', 'closed')),
  comments_until timestamptz,
  withdrawn_at timestamptz,
  moved_to text,
  updated_at timestamptz not null,
  primary key (site, story)
);
create index story_published on story (site, published desc, story);
create index story_tags on story using gin (tags);
create unique index story_url on story (site, url) where url is not null;

create table guideline_version (
  site text not null references site,
  guideline text not null check (guideline ~ '^[a-z0-9-]{1,40}$'),
  version integer not null check (version > 0),
  position integer not null,
  titles jsonb not null,
  wordings jsonb not null,
  retired boolean not null default false,
  at timestamptz not null,
  primary key (site, guideline, version)
);

create table comment (
  site text not null,
  id uuid not null,
  seq bigint generated always as identity,
  story text not null,
  parent uuid,
  name text,
  text text,
  sha256 bytea,
  lang text not null,
  dir text not null check (dir in ('ltr', 'rtl')),
  submitted_at timestamptz not null,
  network bytea,
  fingerprint bytea,
  screening jsonb,
  need real not null default 0,
  state text not null default 'held'
    check (state in ('held', 'approved', 'rejected', 'removed', 'withdrawn', 'erased')),
  version integer not null default 1,
  decision bigint,
  primary key (site, id),
  check (state = 'erased' or (name is not null and text is not null and sha256 is not null)),
  check (sha256 = sha256(convert_to(text, 'UTF8')))
);
-- No foreign key to story: its share lock on one hot story row would be taken by every submission. `stet verify` checks it.
create index comment_held on comment (site, need desc, seq) where state = 'held';
create index comment_story on comment (site, story, seq);
-- An author's history beside each case of the desk; a new held comment pays nothing for it.
create index comment_author on comment (site, name) where state in ('approved', 'rejected', 'removed');

create table event (
  site text not null,
  seq bigint generated always as identity,
  id uuid not null,
  kind text not null check (kind in
    ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed')),
  comment uuid,
  at timestamptz not null,
  actor text not null,
  body jsonb,
  salt bytea,
  commitment bytea not null check (octet_length(commitment) = 32),
  primary key (site, seq)
);
create index event_comment on event (site, comment, seq);

create table decision (
  site text not null,
  comment uuid not null,
  seq bigint not null,
  verdict text not null check (verdict in ('approve', 'reject', 'remove')),
  sha256 bytea,
  guideline text,
  guideline_version integer,
  explanation text,
  actor text not null,
  automated boolean not null default false,
  decided_at timestamptz not null,
  supersedes bigint,
  primary key (site, comment, seq),
  -- One first decision, and each decision superseded at most once: a second effective decision cannot be stored.
  unique nulls not distinct (site, comment, supersedes),
  unique (site, comment, seq, sha256, verdict),
  foreign key (site, comment) references comment (site, id),
  foreign key (site, comment, supersedes) references decision (site, comment, seq),
  foreign key (site, guideline, guideline_version) references guideline_version (site, guideline, version),
  check (verdict = 'approve' or guideline is not null),
  check ((guideline is null) = (guideline_version is null))
);
create index decision_at on decision (site, decided_at);

-- All that readers' connections can see of a comment. A row needs an approval of exactly this text: the check binds the
-- hash to the bytes, the foreign key binds the hash to the approval.
create table published (
  site text not null,
  id uuid not null,
  story text not null,
  parent uuid,
  name text not null,
  text text not null,
  sha256 bytea not null check (sha256 = sha256(convert_to(text, 'UTF8'))),
  lang text not null,
  dir text not null,
  published_at timestamptz not null,
  position bigint not null,
  verdict text not null default 'approve' check (verdict = 'approve'),
  primary key (site, id),
  foreign key (site, id, position, sha256, verdict) references decision (site, comment, seq, sha256, verdict)
);
create index published_story on published (site, story, position desc);
create index published_parent on published (site, parent, position) where parent is not null;

create table appeal (
  site text not null,
  id uuid not null,
  comment uuid not null,
  decision bigint not null,
  text text,
  appealed_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'overturned')),
  explanation text,
  decided_by text,
  decided_at timestamptz,
  primary key (site, id),
  unique (site, comment),
  foreign key (site, comment, decision) references decision (site, comment, seq)
);
create index appeal_open on appeal (site, appealed_at) where state = 'open';

-- Told apart from other failures by their class: ST001 the state moved on, ST002 never allowed.
create function refuse_rewrite() returns trigger language plpgsql as $$
begin
  raise exception '% of % is never allowed', lower(tg_op), tg_table_name using errcode = 'ST002';
end $$;

-- Folded rows are written by fold_event only: a statement of any role has trigger depth 1, fold_event's have 2.
create function only_folded() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '% is written by events only', tg_table_name using errcode = 'ST002';
  end if;
  return coalesce(new, old);
end $$;

create function guard_comment() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and row(new.state, new.version, new.decision, new.name, new.text, new.sha256)
      is distinct from row(old.state, old.version, old.decision, old.name, old.text, old.sha256) then
    raise exception 'a comment changes by events only' using errcode = 'ST002';
  end if;
  if row(new.site, new.id, new.seq, new.story, new.parent, new.lang, new.dir, new.submitted_at, new.need)
      is distinct from row(old.site, old.id, old.seq, old.story, old.parent, old.lang, old.dir, old.submitted_at, old.need)
     or new.screening is distinct from old.screening and new.state <> 'erased'
     or new.network is not null and new.network is distinct from old.network
     or new.fingerprint is not null and new.fingerprint is distinct from old.fingerprint
     or row(new.name, new.text, new.sha256) is distinct from row(old.name, old.text, old.sha256)
        and not (new.state = 'erased' and new.name is null and new.text is null and new.sha256 is null) then
    raise exception 'a comment is never edited' using errcode = 'ST002';
  end if;
  return new;
end $$;

create function guard_event() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 or new.body is not null or new.salt is not null
     or row(new.site, new.seq, new.id, new.kind, new.comment, new.at, new.actor, new.commitment)
        is distinct from row(old.site, old.seq, old.id, old.kind, old.comment, old.at, old.actor, old.commitment) then
    raise exception 'an event is never rewritten' using errcode = 'ST002';
  end if;
  return new;
end $$;

create function guard_decision() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'decision is written by events only' using errcode = 'ST002';
  end if;
  if tg_op = 'INSERT' then
    if new.sha256 is distinct from (select c.sha256 from comment c where c.site = new.site and c.id = new.comment) then
      raise exception 'a decision is about the text that was submitted' using errcode = 'ST002';
    end if;
  elsif new.sha256 is not null or new.explanation is not null
     or row(new.site, new.comment, new.seq, new.verdict, new.guideline, new.guideline_version, new.actor, new.automated,
            new.decided_at, new.supersedes)
        is distinct from row(old.site, old.comment, old.seq, old.verdict, old.guideline, old.guideline_version, old.actor,
            old.automated, old.decided_at, old.supersedes) then
    raise exception 'a decision is never rewritten' using errcode = 'ST002';
  end if;
  return new;
end $$;

create function tell(kind text, site text, story text, id uuid) returns void language sql as $$
  select pg_notify('stet', json_build_object('kind', kind, 'site', site, 'story', story, 'id', id)::text)
$$;

-- Takes the comment's readers' row away and tells every server; its replies stay and stand alone.
create function unpublish(c comment) returns void language plpgsql as $$
begin
  delete from published p where p.site = c.site and p.id = c.id;
  if found then
    perform tell('removed', c.site, c.story, c.id);
  end if;
end $$;

create function fold_decided(e event, c comment) returns void language plpgsql as $$
declare
  verdict text := e.body ->> 'verdict';
  reached text := case verdict when 'approve' then 'approved' when 'reject' then 'rejected' when 'remove' then 'removed' end;
begin
  if (e.body ->> 'version')::integer is distinct from c.version
     or not (c.state = 'held' and verdict in ('approve', 'reject')
          or c.state = 'approved' and verdict = 'remove'
          or c.state in ('rejected', 'removed') and verdict = 'approve') then
    raise exception 'the comment has moved on' using errcode = 'ST001';
  end if;
  insert into decision (site, comment, seq, verdict, sha256, guideline, guideline_version, explanation, actor, automated,
      decided_at, supersedes)
    values (e.site, e.comment, e.seq, verdict, decode(e.body ->> 'sha256', 'hex'), e.body ->> 'guideline',
      (e.body ->> 'guidelineVersion')::integer, e.body ->> 'explanation', e.actor,
      coalesce((e.body ->> 'automated')::boolean, false), e.at, c.decision);
  update comment u set state = reached, version = u.version + 1, decision = e.seq where u.site = c.site and u.id = c.id;
  if verdict = 'approve' then
    insert into published (site, id, story, parent, name, text, sha256, lang, dir, published_at, position)
      values (c.site, c.id, c.story, c.parent, c.name, c.text, c.sha256, c.lang, c.dir, e.at, e.seq);
    perform tell('published', c.site, c.story, c.id);
  else
    perform unpublish(c);
  end if;
end $$;

create function fold_appeal(e event, c comment) returns void language plpgsql as $$
declare
  open_appeal appeal;
begin
  if e.kind = 'appealed' then
    if c.state not in ('rejected', 'removed') then
      raise exception 'the comment has moved on' using errcode = 'ST001';
    end if;
    insert into appeal (site, id, comment, decision, text, appealed_at)
      values (e.site, (e.body ->> 'appeal')::uuid, e.comment, c.decision, e.body ->> 'text', e.at);
    return;
  end if;
  select a.* into open_appeal from appeal a
    where a.site = e.site and a.comment = e.comment and a.state = 'open' for update;
  if not found then
    raise exception 'the appeal is no longer open' using errcode = 'ST001';
  end if;
  if (select d.actor from decision d where d.site = e.site and d.comment = e.comment and d.seq = open_appeal.decision)
      = e.actor then
    raise exception 'an appeal is decided by another moderator' using errcode = 'ST003';
  end if;
  update appeal a set state = case e.body ->> 'verdict' when 'overturn' then 'overturned' else 'upheld' end,
      explanation = e.body ->> 'explanation', decided_by = e.actor, decided_at = e.at
    where a.site = e.site and a.id = open_appeal.id;
end $$;

-- What is erased leaves a tombstone: this event, the comment's row without its content, and commitments that no longer open.
create function fold_erased(e event, c comment) returns void language plpgsql as $$
begin
  perform unpublish(c);
  update comment u set state = 'erased', version = u.version + 1, name = null, text = null, sha256 = null, network = null,
      fingerprint = null, screening = null where u.site = c.site and u.id = c.id;
  update decision d set sha256 = null, explanation = null where d.site = c.site and d.comment = c.id;
  update appeal a set text = null, explanation = null where a.site = c.site and a.comment = c.id;
  update event v set body = null, salt = null where v.site = c.site and v.comment = c.id and v.seq <> e.seq;
end $$;

create function fold_event() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c comment;
begin
  if new.comment is null then
    return null;
  end if;
  select k.* into c from comment k where k.site = new.site and k.id = new.comment for update;
  if not found or c.state = 'erased' then
    raise exception 'the comment has moved on' using errcode = 'ST001';
  end if;
  case new.kind
    when 'decided' then perform fold_decided(new, c);
    when 'appealed', 'appeal_decided' then perform fold_appeal(new, c);
    when 'erased' then perform fold_erased(new, c);
    when 'withdrawn' then
      if c.state = 'withdrawn' then
        raise exception 'the comment has moved on' using errcode = 'ST001';
      end if;
      perform unpublish(c);
      update comment u set state = 'withdrawn', version = u.version + 1 where u.site = c.site and u.id = c.id;
  end case;
  return null;
end $$;

-- 'received' changes nothing but the comment's own insert, so the hot path pays for no trigger.
create trigger fold after insert on event for each row when (new.kind <> 'received') execute function fold_event();
create trigger guard before update on event for each row execute function guard_event();
create trigger keep before delete on event for each row execute function refuse_rewrite();
create trigger keep_all before truncate on event execute function refuse_rewrite();
create trigger guard before update on comment for each row execute function guard_comment();
create trigger keep before delete on comment for each row execute function refuse_rewrite();
create trigger keep_all before truncate on comment execute function refuse_rewrite();
create trigger guard before insert or update on decision for each row execute function guard_decision();
create trigger keep before delete on decision for each row execute function refuse_rewrite();
create trigger keep_all before truncate on decision execute function refuse_rewrite();
create trigger guard before insert or delete on published for each row execute function only_folded();
create trigger keep before update on published for each row execute function refuse_rewrite();
create trigger keep_all before truncate on published execute function refuse_rewrite();
create trigger guard before insert or update or delete on appeal for each row execute function only_folded();
create trigger keep_all before truncate on appeal execute function refuse_rewrite();
create trigger keep before update or delete on guideline_version for each row execute function refuse_rewrite();
create trigger keep_all before truncate on guideline_version execute function refuse_rewrite();

-- Servers keep sites, stories and guidelines in memory; a change tells them.
create function tell_site() returns trigger language plpgsql as $$
begin
  perform tell('site', new.site, null, null);
  return null;
end $$;
create function tell_story() returns trigger language plpgsql as $$
begin
  perform tell('story', new.site, new.story, null);
  return null;
end $$;
create trigger tell after insert or update on site for each row execute function tell_site();
create trigger tell after insert or update on story for each row execute function tell_story();
create trigger tell after insert on guideline_version for each row execute function tell_site();

revoke all on all functions in schema public from public;
grant execute on function tell(text, text, text, uuid) to {{writer}};

grant select on site, story, guideline_version, published to {{reader}};

grant select on site, story, guideline_version, comment, event, decision, published, appeal to {{writer}};
grant insert, update on site, story to {{writer}};
grant insert on guideline_version to {{writer}};
grant insert (site, id, story, parent, name, text, sha256, lang, dir, submitted_at, network, fingerprint, screening,
  need) on comment to {{writer}};
grant update (network, fingerprint) on comment to {{writer}};
grant insert (site, id, kind, comment, at, actor, body, salt, commitment) on event to {{writer}};
