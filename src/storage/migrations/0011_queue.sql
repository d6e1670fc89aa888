-- The desk's queue at a million comments: every order, filter and search is read off an index.
--
-- `need` stays what screening and second readers say of a comment. `urgency` is what the queue is ordered by: the need, the
-- waiting time, reports and the story's traffic, each by the site's weight. Waiting counts by the time of submission and
-- not by the clock: of two comments the older one is ahead by the same at every hour, so no row has to be touched while
-- time passes. A pass in the background folds in what does change (`src/sorting/`).

alter table comment add column urgency double precision not null default 0;
-- Guidelines that screening suspects a held comment of; null for none.
alter table comment add column suspects text[];
-- Whether it stands behind another held comment that says nearly the same (`sorting.alike`).
alter table comment add column folded boolean not null default false;

-- Weights are hundredths; reports and traffic are steps from 0 to 4; a day of waiting counts as one.
create function queue_urgency(need real, submitted_at timestamptz, reports integer, traffic integer,
    of_screening integer, of_age integer, of_reports integer, of_traffic integer)
  returns double precision language sql immutable parallel safe as $$
  select (of_screening * need::double precision + of_reports * reports / 4.0 + of_traffic * traffic / 4.0
    - of_age * extract(epoch from submitted_at - timestamptz '2026-01-01 00:00Z') / 86400) / 100
$$;

create function weight_of(settings jsonb, name text, standard integer) returns integer language sql immutable parallel safe as $$
  select coalesce((settings ->> ('queue.weight.' || name))::integer, standard)
$$;

-- Open reports as a step from 0 to 4: 1, 2, 4 and 8 or more.
create function report_step(reports bigint) returns integer language sql immutable parallel safe as $$
  select case when reports >= 8 then 4 when reports >= 4 then 3 when reports >= 2 then 2 when reports >= 1 then 1 else 0 end
$$;

-- Comments of a story's last day as a step from 0 to 4: 10, 30, 100 and 300 or more.
create function traffic_step(comments bigint) returns integer language sql immutable parallel safe as $$
  select case when comments >= 300 then 4 when comments >= 100 then 3 when comments >= 30 then 2 when comments >= 10 then 1
    else 0 end
$$;

alter table comment disable trigger user;
update comment set
  urgency = queue_urgency(need, submitted_at, 0, 0, 100, 10, 30, 10),
  suspects = case when state = 'held' and screening is not null then (
    select array_agg(distinct guideline) from (
      select f ->> 'guideline' as guideline from jsonb_array_elements(screening -> 'findings') f
      union all
      select key from jsonb_each_text(screening -> 'scores')
      where case key when 'relevance' then value::float8 < 0.5 when 'toxic' then false when 'identity' then false
        else value::float8 >= 0.5 end
    ) suspected) end;
alter table comment enable trigger user;

-- Each is one entry more for a submission, so there is one for each way of looking and none twice.
drop index comment_held, comment_story;
create index comment_need on comment (site, state, urgency desc, seq);
create index comment_seq on comment (site, state, seq);
create index comment_story on comment (site, state, story, urgency desc, seq);
create index comment_held_name on comment (site, name, seq) where state = 'held';
create index comment_lang on comment (site, state, lang);
create index comment_suspects on comment using gin (suspects) where suspects is not null;
create index comment_folded on comment (site, seq) where folded and state = 'held';

create index decision_guideline on decision (site, guideline) where guideline is not null;
create index decision_automated on decision (site, comment) where automated;

-- The matching key of threats.md §4, for searching and for nothing else: one form for the Arabic and Kurdish letters that
-- look alike, ASCII digits, without tatweel, harakat and what cannot be seen. Never shown, and gone when the comment is erased.
create function search_key(written text) returns text language sql immutable strict parallel safe as $$
  select case when octet_length(written) = char_length(written) then lower(written) else
    regexp_replace(
      translate(replace(lower(normalize(written, NFKC)), U&'\0647\200C', U&'\06D5'),
        'كڪيىےھہةۃۀأإآٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'ککیییهههههاااا01234567890123456789'),
      '[\u00ad\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]',
      '', 'g') end
$$;

-- Every word of what was asked for, as the beginning of a word.
create function search_query(asked text) returns tsquery language sql immutable strict parallel safe as $$
  select coalesce(string_agg('''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':*', ' & '), '')::tsquery
  from unnest(tsvector_to_array(to_tsvector('simple', search_key(asked)))) word
$$;

create function search_pattern(asked text) returns text language sql immutable strict parallel safe as $$
  select '%' || regexp_replace(search_key(asked), '([\\%_])', '\\\1', 'g') || '%'
$$;

-- What the queue knows of a comment beside its row, written after the commit by the pass in the background: a submission
-- does not pay for it. `key` is there where Arabic letters are (their words change at both ends, so that beginnings find too
-- little). `print` tells near copies of a held comment (64 bits, in two halves); `alike` is the `seq` of the first of them.
create table sorting (
  site text not null,
  seq bigint not null,
  comment uuid not null,
  words tsvector not null,
  key text,
  print_high integer,
  print_low integer,
  alike bigint,
  primary key (site, seq)
);
create index sorting_words on sorting using gin (words);
create index sorting_print on sorting (site, seq) where print_high is not null;
create index sorting_alike on sorting (site, alike, seq) where alike is not null;
create index story_words on story using gin (to_tsvector('simple', search_key(headline)));

-- How far the pass has come: everything up to `seq` is sorted, and nothing can appear there any more.
create table sorted_until (
  site text primary key,
  seq bigint not null
);

-- Comments that a story got in an hour (counted where they are sorted), for its traffic of a day.
create table story_hour (
  site text not null,
  story text not null,
  hour timestamptz not null,
  comments integer not null,
  primary key (site, story, hour)
);

-- What of a story is folded into the urgency of its held comments, as steps. While a change is carried out, `until` is the
-- `seq` up to which it has come.
create table story_need (
  site text not null,
  story text not null,
  reports integer not null,
  traffic integer not null,
  until bigint,
  primary key (site, story)
);
create index story_need_under_way on story_need (site, story) where until is not null;

-- With which weights a site's held comments are weighed: of screening, age, reports and traffic. `until` as above.
create table weighed (
  site text primary key,
  weights integer[] not null,
  until bigint
);

-- Trigrams find Arabic words in their middle. A role that may not create the extension does without: `stet doctor` says so.
do $$
declare
  place text;
begin
  begin
    create extension if not exists pg_trgm;
  exception when insufficient_privilege or undefined_file or feature_not_supported then
    raise notice 'pg_trgm is not available';
  end;
  select n.nspname into place from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  if place is not null then
    execute format('create index sorting_trigram on sorting using gin (key %I.gin_trgm_ops) where key is not null', place);
  end if;
end $$;

-- A need that a second reader moved moves the urgency by the site's weight.
create function follow_need() returns trigger language plpgsql as $$
begin
  new.urgency := new.urgency + (new.need - old.need) * weight_of(
    (select s.settings from site s where s.site = new.site), 'screening', 100) / 100.0;
  return new;
end $$;

-- What stood first of its kind leaves the queue: the next one comes forward. One that is being decided at this moment is
-- passed over, so that two decisions never wait for each other.
create function unfold_next() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update comment c set folded = false where (c.site, c.id) = (
    select o.site, o.id from sorting me
    join sorting s on s.site = me.site and s.alike = me.alike and s.seq <> me.seq
    join comment o on o.site = s.site and o.id = s.comment and o.state = 'held' and o.folded
    where me.site = new.site and me.seq = new.seq order by s.seq limit 1 for update of o skip locked);
  return null;
end $$;

-- A print is kept no longer than its comment waits.
create function leave_queue() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'erased' then
    delete from sorting s where s.site = new.site and s.seq = new.seq;
    update comment c set suspects = null where c.site = new.site and c.id = new.id and c.suspects is not null;
  elsif old.state = 'held' then
    update sorting s set print_high = null, print_low = null
      where s.site = new.site and s.seq = new.seq and s.print_high is not null;
  end if;
  return null;
end $$;

create function weigh_reported() returns trigger language plpgsql as $$
begin
  update comment c set urgency = queue_urgency(c.need, c.submitted_at,
      report_step((select count(*) from report r where r.site = c.site and r.comment = c.id and r.state = 'open')), 0,
      weight_of(s.settings, 'screening', 100), weight_of(s.settings, 'age', 10), weight_of(s.settings, 'reports', 30), 0)
    from site s where s.site = c.site and c.site = new.site and c.id = new.comment and c.state <> 'held';
  return null;
end $$;

create trigger follow_need before update of need on comment for each row when (new.need is distinct from old.need)
  execute function follow_need();
-- In the order of their names: who leaves is forgotten before who follows is looked for.
create trigger queue_1_unfold after update of state on comment for each row
  when (old.state = 'held' and new.state <> 'held' and not old.folded) execute function unfold_next();
create trigger queue_2_leave after update of state on comment for each row when (old.state is distinct from new.state)
  execute function leave_queue();
create trigger weigh_reported after insert or update of state on report for each row execute function weigh_reported();

-- A person's own ways of looking at the queue.
create table desk_view (
  site text not null,
  id uuid not null,
  account uuid not null,
  name text not null check (char_length(name) between 1 and 60),
  filter jsonb not null check (jsonb_typeof(filter) = 'object'),
  created_at timestamptz not null,
  primary key (site, id),
  foreign key (site, account) references account (site, id)
);
create index desk_view_account on desk_view (site, account, created_at);

drop function record_held(text[], jsonb[], text[], uuid[], text[], uuid[], text[], bytea[], text[], text[], timestamptz[],
  bytea[], bytea[], real[], uuid[], bytea[], bytea[], bytea[], text[], timestamptz[]);
-- As in 0003, with the place in the queue's order and the suspected guidelines (joined by a space, null for none).
create function record_held(
  texts text[], screenings jsonb[], sites text[], ids uuid[], stories text[], parents uuid[], names text[],
  digests bytea[], langs text[], dirs text[], times timestamptz[], networks bytea[],
  fingerprints bytea[], needs real[], urgencies double precision[], suspected text[], event_ids uuid[], salts bytea[],
  commitments bytea[], contacts bytea[], contact_languages text[], contact_ends timestamptz[]
) returns uuid[] language plpgsql as $$
declare
  stored uuid[];
begin
  with inserted as (
    insert into comment (site, id, story, parent, name, text, sha256, lang, dir, submitted_at, network, fingerprint,
      screening, need, urgency, suspects)
    select r.site, r.id, r.story, r.parent, r.name, r.text, r.digest, r.lang, r.dir, r.at, r.network, r.fingerprint,
      r.screening, r.need, r.urgency, string_to_array(r.suspected, ' ')
    from unnest(sites, ids, stories, parents, names, texts, digests, langs, dirs, times, networks, fingerprints,
      screenings, needs, urgencies, suspected) as r (site, id, story, parent, name, text, digest, lang, dir, at, network,
      fingerprint, screening, need, urgency, suspected)
    on conflict do nothing
    returning id
  )
  select coalesce(array_agg(id), '{}') into stored from inserted;

  -- The filter costs a tenth of the batch and is hardly ever needed.
  if cardinality(stored) = cardinality(ids) then
    insert into event (site, id, kind, comment, at, actor, body, salt, commitment)
    select r.site, r.event, 'received', r.id, r.at, 'reader',
      jsonb_build_object('story', r.story, 'sha256', encode(r.digest, 'hex')), r.salt, r.commitment
    from unnest(sites, event_ids, ids, times, stories, digests, salts, commitments)
      as r (site, event, id, at, story, digest, salt, commitment);
  else
    insert into event (site, id, kind, comment, at, actor, body, salt, commitment)
    select r.site, r.event, 'received', r.id, r.at, 'reader',
      jsonb_build_object('story', r.story, 'sha256', encode(r.digest, 'hex')), r.salt, r.commitment
    from unnest(sites, event_ids, ids, times, stories, digests, salts, commitments)
      as r (site, event, id, at, story, digest, salt, commitment)
    where r.id = any (stored);
  end if;

  if contacts is not null then
    insert into contact (site, comment, sealed, language, delete_after)
    select r.site, r.id, r.sealed, r.language, r.ends
    from unnest(sites, ids, contacts, contact_languages, contact_ends) as r (site, id, sealed, language, ends)
    where r.sealed is not null and r.id = any (stored);
  end if;
  if cardinality(stored) = cardinality(ids) then
    return null;
  end if;
  return array(select i from unnest(ids) as i where i <> all (stored));
end $$;

revoke all on function record_held, queue_urgency, weight_of, report_step, traffic_step, search_key, search_query,
  search_pattern, follow_need, unfold_next, leave_queue, weigh_reported from public;
grant execute on function record_held to {{writer}};
grant execute on function queue_urgency to {{writer}};
grant execute on function weight_of to {{writer}};
grant execute on function report_step to {{writer}};
grant execute on function traffic_step to {{writer}};
grant execute on function search_key to {{writer}};
grant execute on function search_query to {{writer}};
grant execute on function search_pattern to {{writer}};

grant select, insert, update, delete on sorting, sorted_until, story_hour, story_need, weighed, desk_view to {{writer}};
grant insert (urgency, suspects) on comment to {{writer}};
grant update (urgency, folded) on comment to {{writer}};
