-- Deciding: verdicts that can still be undone, cases handed over, notes among colleagues, the newsroom's own replies.

-- A verdict that takes effect by itself at `due_at`. Until then the comment is held like any other, for everybody. One that
-- could not take effect stays for a day with the reason, so that whoever gave it is told.
create table pending_decision (
  site text not null,
  comment uuid not null,
  version integer not null,
  verdict text not null check (verdict in ('approve', 'reject')),
  guideline text,
  explanation text,
  account uuid not null,
  given_at timestamptz not null,
  due_at timestamptz not null,
  dropped_at timestamptz,
  dropped_for text,
  primary key (site, comment),
  foreign key (site, comment) references comment (site, id),
  foreign key (site, account) references account (site, id),
  check (verdict = 'approve' or guideline is not null),
  check (due_at > given_at and due_at <= given_at + interval '60 seconds'),
  check ((dropped_at is null) = (dropped_for is null))
);
create index pending_due on pending_decision (due_at) where dropped_at is null;
create index pending_account on pending_decision (site, account);

-- A held comment that a moderator gave to a colleague (`handed_to`) or to any editor (null), until `lapses_at`.
create table hand_over (
  site text not null,
  comment uuid not null,
  handed_by uuid not null,
  handed_to uuid,
  note text,
  handed_at timestamptz not null,
  lapses_at timestamptz not null,
  primary key (site, comment),
  foreign key (site, comment) references comment (site, id),
  foreign key (site, handed_by) references account (site, id),
  foreign key (site, handed_to) references account (site, id),
  check (char_length(note) <= 2000)
);
create index hand_over_to on hand_over (site, handed_to);

-- What colleagues tell each other about a comment. It may speak of a person, so it is no event: erasure takes it.
create table comment_note (
  site text not null,
  id uuid not null,
  comment uuid not null,
  account uuid not null,
  text text not null check (char_length(text) <= 2000),
  written_at timestamptz not null,
  primary key (site, id),
  foreign key (site, comment) references comment (site, id),
  foreign key (site, account) references account (site, id)
);
create index comment_note_comment on comment_note (site, comment, written_at);

-- Whether the newsroom wrote it itself, at the desk. It is published through an approval like every other comment.
alter table comment add column by_newsroom boolean not null default false;
alter table published add column by_newsroom boolean not null default false;

create function mark_newsroom() returns trigger language plpgsql as $$
begin
  new.by_newsroom := (select c.by_newsroom from comment c where c.site = new.site and c.id = new.id);
  return new;
end $$;

-- No decision takes effect past one that can still be undone: whoever carries it out takes its row away first.
create function guard_pending() returns trigger language plpgsql as $$
begin
  if exists (select from pending_decision p
      where p.site = new.site and p.comment = new.comment and p.dropped_at is null) then
    raise exception 'another verdict on the comment is pending' using errcode = 'ST001';
  end if;
  return new;
end $$;

-- What colleagues said of a comment goes with it; to whom it was handed means nothing once it was decided.
create function forget_deciding() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from hand_over h where h.site = new.site and h.comment = new.comment;
  if new.kind = 'erased' then
    delete from comment_note n where n.site = new.site and n.comment = new.comment;
    update pending_decision p set explanation = null where p.site = new.site and p.comment = new.comment;
  end if;
  return null;
end $$;

create trigger mark_newsroom before insert on published for each row execute function mark_newsroom();
create trigger keep_newsroom before update on comment for each row
  when (new.by_newsroom is distinct from old.by_newsroom) execute function refuse_rewrite();
create trigger guard_pending before insert on decision for each row execute function guard_pending();
create trigger forget_deciding after insert on event for each row when (new.kind in ('decided', 'withdrawn', 'erased'))
  execute function forget_deciding();

revoke all on function mark_newsroom, guard_pending, forget_deciding from public;

grant select, insert, update, delete on pending_decision, hand_over to {{writer}};
grant select, insert on comment_note to {{writer}};
grant insert (by_newsroom) on comment to {{writer}};
