alter table custom_metric alter column event_name drop not null;
alter table custom_metric add column engagement text;
alter table custom_metric add constraint one_source check (num_nonnulls(event_name, engagement) = 1);

create or replace view org_document as
select d.slug,
  d.document || jsonb_build_object(
    'time_zone_changes', o.time_zone_changes,
    'custom_metrics', coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'metric_id', m.metric_id, 'version', m.version, 'event_name', m.event_name,
        'engagement', m.engagement, 'where', m."where", 'aggregate', m.aggregate,
        'window', m."window", 'direction', m.direction, 'role', m.role))
        order by m.metric_id collate "C", m.version) from custom_metric m where m.org = d.slug), '[]'),
    'experiments', coalesce((select jsonb_agg(jsonb_build_object(
        'template_id', e.template_id, 'from', instant_text(e.valid_from),
        'control_share', e.control_share::text, 'key_metric', e.key_metric,
        'minimum_detectable_effect', e.minimum_detectable_effect::text,
        'alpha', e.alpha::text, 'expected_units', e.expected_units)
        order by e.template_id collate "C", e.valid_from) from experiment e where e.org = d.slug), '[]'))
    as document
from org_decision_document d join org o using (slug);
