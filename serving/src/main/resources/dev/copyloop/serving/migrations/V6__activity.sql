-- What happened lately, for people who look for a fault. Written by serving in batches; no settings.
create table activity (
  org text not null,
  place text not null,
  metric text not null,
  slot timestamptz not null,
  events bigint not null,
  last_at timestamptz not null,
  primary key (org, place, metric, slot)
);

create index activity_by_slot on activity (slot);
