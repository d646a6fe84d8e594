alter table template add column control_copy_id uuid;

create table template_split (
  org text not null,
  template_id text not null,
  valid_from timestamptz not null,
  mode text not null,
  control_share numeric not null,
  primary key (org, template_id, valid_from),
  foreign key (org, template_id) references template
);

create trigger changed after insert or update or delete on template_split
  for each statement execute function settings_changed();

create view split_document as
select org, template_id,
  jsonb_agg(jsonb_build_object(
    'from', instant_text(valid_from), 'mode', mode, 'control_share', control_share::text)
    order by valid_from) as document
from template_split group by org, template_id;

create or replace view template_document as
select t.org,
  jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'template_id', t.template_id, 'channel', t.channel, 'fallback_copy_id', t.fallback_copy_id,
    'control_copy_id', t.control_copy_id, 'splits', coalesce(s.document, '[]'),
    'variants', coalesce(v.document, '[]'), 'bindings', coalesce(b.document, '[]')))
    order by t.template_id collate "C") as document
from template t
  left join variant_document v using (org, template_id)
  left join binding_document b using (org, template_id)
  left join split_document s using (org, template_id)
group by t.org;
