-- Who may write the lake. One row, held by the batch: see docs/decisions/0021.
create table lease (
  name text primary key,
  token bigint not null,
  holder text not null,
  purpose text not null,
  acquired_at timestamptz not null,
  expires_at timestamptz not null,
  released boolean not null
);
insert into lease values ('lake', 0, '', '', now(), now(), true);
