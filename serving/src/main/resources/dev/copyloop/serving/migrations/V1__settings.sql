create table settings_version (
  singleton boolean primary key default true check (singleton),
  version bigint not null
);
insert into settings_version (version) values (0);

create table org (
  slug text primary key,
  time_zone text not null,
  user_key text not null,
  event_user_key text not null,
  internal_recipients jsonb not null
);

create table api_key (
  key_id text primary key,
  org text not null references org,
  name text not null,
  hash text not null,
  scopes jsonb not null,
  created_at timestamptz not null default now()
);

create table workspace (
  org text not null references org,
  name text not null,
  region text not null,
  default_attribute_scope text not null,
  first_occurrence_only jsonb not null,
  primary key (org, name)
);

create table signing_key (
  signing_key_id uuid primary key default gen_random_uuid(),
  org text not null,
  workspace text not null,
  key text not null,
  created_at timestamptz not null default now(),
  foreign key (org, workspace) references workspace
);

create table template (
  org text not null references org,
  template_id text not null,
  channel text not null,
  fallback_copy_id uuid,
  primary key (org, template_id)
);

create table variant (
  org text not null,
  copy_id uuid not null,
  template_id text not null,
  key text not null,
  status text not null,
  filter jsonb,
  served_at timestamptz,
  primary key (org, copy_id),
  foreign key (org, template_id) references template,
  unique (org, template_id, key)
);

create table variant_text (
  org text not null,
  copy_id uuid not null,
  valid_from timestamptz not null,
  vars jsonb not null,
  primary key (org, copy_id, valid_from),
  foreign key (org, copy_id) references variant
);

create table binding (
  id uuid primary key default gen_random_uuid(),
  org text not null,
  template_id text not null,
  workspace text not null,
  campaign_id text,
  broadcast_id text,
  webhook_action_id text,
  message_action_ids jsonb not null,
  control_action_ids jsonb not null,
  attribute_scope text not null,
  control_share numeric not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  foreign key (org, template_id) references template,
  foreign key (org, workspace) references workspace,
  check ((campaign_id is null) <> (broadcast_id is null))
);

create table rule (
  org text not null references org,
  rule_id text not null,
  version int not null,
  event_name text not null,
  touch text not null,
  model text not null,
  "window" text not null,
  primary key (org, rule_id, version)
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  org text not null,
  subject text not null,
  before jsonb,
  after jsonb
);

create index api_key_of_org on api_key (org);
create index signing_key_of_workspace on signing_key (org, workspace);
create index variant_of_template on variant (org, template_id);
create index binding_of_template on binding (org, template_id);
create index audit_of_org on audit (org, at);

-- A change of any setting is a new version; the row lock puts concurrent changes in order.
create function settings_changed() returns trigger language plpgsql as $$
declare
  changed bigint;
begin
  update copyloop.settings_version set version = version + 1 returning version into changed;
  perform pg_notify('copyloop_settings', changed::text);
  return null;
end
$$;

create trigger changed after insert or update or delete on org
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on api_key
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on workspace
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on signing_key
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on template
  for each statement execute function settings_changed();
create trigger changed after insert or delete or update of status, filter, key on variant
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on variant_text
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on binding
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on rule
  for each statement execute function settings_changed();

create function instant_text(timestamptz) returns text language sql immutable strict as $$
  select to_char($1 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;
