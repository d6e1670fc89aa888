-- What readers say of published comments in a word of a small set. One row for each browser and comment; a count is always a
-- count of these rows and is stored nowhere.

-- `reader` is a MAC over site, comment and the number that the reader's browser keeps: nothing here says that the same
-- browser reacted to two comments, nor when. The rows go with the readers' row of the comment.
create table reaction (
  site text not null,
  comment uuid not null,
  reader bytea not null check (octet_length(reader) = 16),
  kind text not null check (kind in ('informative', 'reasoned', 'thanks')),
  primary key (site, comment, reader),
  foreign key (site, comment) references published (site, id) on delete cascade
);
-- Counted without a look at the rows.
create index reaction_kind on reaction (site, comment, kind);

grant select, insert, update (kind), delete on reaction to {{writer}};
grant select (site, comment, kind) on reaction to {{reader}};
