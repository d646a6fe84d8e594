alter table org add column exports jsonb not null default
  '{"datasets": ["generations", "daily_metrics", "daily_custom_metrics", "copies"],
    "vars": "inline", "maps": "native", "format": "parquet"}';

-- An org with how it is exported, whatever else its document holds.
create view org_settings as
select d.slug, d.document || jsonb_build_object('exports', o.exports) as document
from org_document d join org o using (slug);

create or replace view settings_document as
select s.version,
  jsonb_build_object('version', s.version, 'orgs',
    coalesce((select jsonb_agg(o.document order by o.slug collate "C") from org_settings o), '[]')) as document
from settings_version s;
