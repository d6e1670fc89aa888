-- The desk: who may sign in, what they hold, what is owed to readers.

-- A person or a program (a bearer token is an account of its own, so that each decision has one author).
create table account (
  site text not null references site,
  id uuid not null,
  kind text not null check (kind in ('person', 'program')),
  name text not null,
  email text,
  role text not null check (role in ('moderator', 'editor', 'admin', 'program')),
  scopes text[] not null default '{}',
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (site, id),
  check ((kind = 'person') = (email is not null))
);
create unique index account_email on account (site, email) where removed_at is null;
create index account_everywhere on account (email) where removed_at is null;

-- Secrets are kept as SHA-256: each has at least 128 random bits, so a slow hash would protect nothing more.
create table sign_in (
  site text not null,
  secret_hash bytea not null,
  account uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (site, secret_hash),
  foreign key (site, account) references account (site, id)
);

create table session (
  site text not null,
  secret_hash bytea not null,
  account uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (site, secret_hash),
  foreign key (site, account) references account (site, id)
);
create index session_account on session (site, account);

create table token (
  site text not null,
  secret_hash bytea not null,
  account uuid not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (site, secret_hash),
  foreign key (site, account) references account (site, id)
);

create table passkey (
  site text not null,
  credential bytea not null,
  account uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (site, credential),
  foreign key (site, account) references account (site, id)
);

-- WebAuthn challenges are answered within minutes, perhaps by another server process.
create table passkey_challenge (
  site text not null,
  challenge text not null,
  account uuid,
  expires_at timestamptz not null,
  primary key (site, challenge)
);

create table claim (
  site text not null,
  comment uuid not null,
  account uuid not null,
  claimed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (site, comment),
  foreign key (site, comment) references comment (site, id),
  foreign key (site, account) references account (site, id)
);
create index claim_account on claim (site, account);

-- The address of an author who wants to be told, apart from the comment and encrypted; deleted on its day.
create table contact (
  site text not null,
  comment uuid not null,
  sealed bytea not null,
  language text not null,
  delete_after timestamptz not null,
  primary key (site, comment)
);
create index contact_due on contact (delete_after);

create table report (
  site text not null,
  id uuid not null,
  comment uuid not null,
  reason text not null,
  detail text,
  sealed_contact bytea,
  reported_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'dismissed')),
  primary key (site, id),
  foreign key (site, comment) references comment (site, id)
);
create index report_open on report (site, comment) where state = 'open';

-- What is owed: a mail, a webhook. Written in the transaction that owes it, delivered at least once.
create table outbox (
  site text not null,
  id bigint generated always as identity,
  kind text not null,
  body jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  leased_until timestamptz,
  delivered_at timestamptz,
  failed_at timestamptz,
  last_error text,
  primary key (site, id)
);
create index outbox_due on outbox (due_at) where delivered_at is null and failed_at is null;

grant select, insert, update, delete on sign_in, session, token, passkey, passkey_challenge, claim, contact, report, outbox
  to {{writer}};
grant select, insert, update on account to {{writer}};
