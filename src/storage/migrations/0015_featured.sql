-- Comments that the newsroom features: an editorial choice with an author and a time, told to readers by the server.

alter table event drop constraint event_kind_check;
-- Not validated, as in 0012.
alter table event add constraint event_kind_check check (kind in
  ('received', 'decided', 'appealed', 'appeal_decided', 'withdrawn', 'erased', 'guideline_version', 'settings_changed',
   'automation_set', 'read_again', 'account_changed', 'first_verdict', 'second_verdict', 'rechecked', 'sanctioned',
   'sanction_lifted', 'sanction_appealed', 'sanction_appeal_decided', 'reports_dismissed', 'featured', 'unfeatured'))
  not valid;

-- A mark rests on the readers' row: what is taken down, withdrawn or erased loses it with the row, and an approval after
-- that brings back the comment and not the mark. `position` is the event's, which gives the marks their order.
create table featured (
  site text not null,
  comment uuid not null,
  story text not null,
  position bigint not null,
  actor text not null check (actor like 'moderator:%'),
  featured_at timestamptz not null,
  primary key (site, comment),
  foreign key (site, comment) references published (site, id) on delete cascade
);
create index featured_story on featured (site, story, position desc);

create function fold_featured() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c comment;
begin
  select k.* into c from comment k where k.site = new.site and k.id = new.comment for update;
  if not found or c.state <> 'approved' then
    raise exception 'the comment has moved on' using errcode = 'ST001';
  end if;
  if new.kind = 'featured' then
    insert into featured (site, comment, story, position, actor, featured_at)
      values (new.site, new.comment, c.story, new.seq, new.actor, new.at);
  else
    delete from featured f where f.site = new.site and f.comment = new.comment;
    if not found then
      raise exception 'the comment is not featured' using errcode = 'ST001';
    end if;
  end if;
  perform tell('featured', new.site, c.story, new.comment);
  -- Another desk that has the case open looks at it anew.
  perform tell('decided', new.site, null, new.comment);
  return null;
end $$;

create trigger fold_featured after insert on event for each row when (new.kind in ('featured', 'unfeatured'))
  execute function fold_featured();
create trigger guard before insert or delete on featured for each row execute function only_folded();
create trigger keep before update on featured for each row execute function refuse_rewrite();
create trigger keep_all before truncate on featured execute function refuse_rewrite();

revoke all on function fold_featured from public;

grant select on featured to {{writer}};
-- Not who, nor when: readers are told that the newsroom did.
grant select (site, comment, story, position) on featured to {{reader}};
