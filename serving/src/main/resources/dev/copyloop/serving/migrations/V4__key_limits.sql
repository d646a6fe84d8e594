alter table api_key add column requests_per_second int check (requests_per_second > 0);
alter table api_key add column requests_per_day bigint check (requests_per_day > 0);

-- Written by serving in batches; no settings, so no trigger.
create table api_key_use (
  key_id text not null references api_key on delete cascade,
  day date not null,
  requests bigint not null,
  last_used_at timestamptz not null,
  primary key (key_id, day)
);

create or replace view credentials_document as
select s.version,
  jsonb_build_object('version', s.version,
    'keys', coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'key_id', key_id, 'org', org, 'hash', hash, 'scopes', scopes,
        'requests_per_second', requests_per_second, 'requests_per_day', requests_per_day))
        order by key_id collate "C") from api_key), '[]'),
    'signing_keys', coalesce((select jsonb_agg(jsonb_build_object(
        'signing_key_id', signing_key_id, 'org', org, 'workspace', workspace, 'key', key)
        order by signing_key_id) from signing_key), '[]')) as document
from settings_version s;
