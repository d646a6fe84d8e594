alter table org add column time_zone_changes jsonb not null default '[]';

create table custom_metric (
  org text not null references org,
  metric_id text not null,
  version int not null,
  event_name text not null,
  "where" jsonb not null,
  aggregate text not null,
  "window" text not null,
  direction text not null,
  role text not null,
  primary key (org, metric_id, version)
);

create table experiment (
  org text not null,
  template_id text not null,
  valid_from timestamptz not null,
  control_share numeric not null,
  key_metric text not null,
  minimum_detectable_effect numeric not null,
  alpha numeric not null,
  expected_units bigint not null,
  primary key (org, template_id, valid_from),
  foreign key (org, template_id) references template
);

create trigger changed after insert or update or delete on custom_metric
  for each statement execute function settings_changed();
create trigger changed after insert or update or delete on experiment
  for each statement execute function settings_changed();

-- What an org is and decides by is one view; how it measures is added here.
alter view org_document rename to org_decision_document;

create view org_document as
select d.slug,
  d.document || jsonb_build_object(
    'time_zone_changes', o.time_zone_changes,
    'custom_metrics', coalesce((select jsonb_agg(jsonb_build_object(
        'metric_id', m.metric_id, 'version', m.version, 'event_name', m.event_name,
        'where', m."where", 'aggregate', m.aggregate, 'window', m."window",
        'direction', m.direction, 'role', m.role)
        order by m.metric_id collate "C", m.version) from custom_metric m where m.org = d.slug), '[]'),
    'experiments', coalesce((select jsonb_agg(jsonb_build_object(
        'template_id', e.template_id, 'from', instant_text(e.valid_from),
        'control_share', e.control_share::text, 'key_metric', e.key_metric,
        'minimum_detectable_effect', e.minimum_detectable_effect::text,
        'alpha', e.alpha::text, 'expected_units', e.expected_units)
        order by e.template_id collate "C", e.valid_from) from experiment e where e.org = d.slug), '[]'))
    as document
from org_decision_document d join org o using (slug);

create or replace view settings_document as
select s.version,
  jsonb_build_object('version', s.version, 'orgs',
    coalesce((select jsonb_agg(o.document order by o.slug collate "C") from org_document o), '[]')) as document
from settings_version s;
