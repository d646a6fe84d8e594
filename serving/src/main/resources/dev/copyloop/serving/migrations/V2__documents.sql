-- Each part orders its items by bytes: equal settings give equal documents on every machine.
create view variant_document as
select v.org, v.template_id,
  jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'copy_id', v.copy_id, 'key', v.key, 'status', v.status, 'filter', v.filter,
    'texts', (select jsonb_agg(jsonb_build_object('valid_from', instant_text(t.valid_from), 'vars', t.vars)
                order by t.valid_from) from variant_text t
                where t.org = v.org and t.copy_id = v.copy_id)))
    order by v.copy_id) as document
from variant v group by v.org, v.template_id;

create view binding_document as
select org, template_id,
  jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'id', id, 'workspace', workspace, 'campaign_id', campaign_id, 'broadcast_id', broadcast_id,
    'webhook_action_id', webhook_action_id, 'message_action_ids', message_action_ids,
    'control_action_ids', control_action_ids, 'attribute_scope', attribute_scope,
    'control_share', control_share::text, 'valid_from', instant_text(valid_from),
    'valid_to', instant_text(valid_to)))
    order by valid_from, id) as document
from binding group by org, template_id;

create view template_document as
select t.org,
  jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'template_id', t.template_id, 'channel', t.channel, 'fallback_copy_id', t.fallback_copy_id,
    'variants', coalesce(v.document, '[]'), 'bindings', coalesce(b.document, '[]')))
    order by t.template_id collate "C") as document
from template t
  left join variant_document v using (org, template_id)
  left join binding_document b using (org, template_id)
group by t.org;

create view org_document as
select o.slug,
  jsonb_build_object(
    'slug', o.slug, 'time_zone', o.time_zone, 'user_key', o.user_key,
    'event_user_key', o.event_user_key, 'internal_recipients', o.internal_recipients,
    'workspaces', coalesce((select jsonb_agg(jsonb_build_object(
        'name', w.name, 'region', w.region,
        'default_attribute_scope', w.default_attribute_scope,
        'first_occurrence_only', w.first_occurrence_only)
        order by w.name collate "C") from workspace w where w.org = o.slug), '[]'),
    'templates', coalesce(t.document, '[]'),
    'rules', coalesce((select jsonb_agg(jsonb_build_object(
        'rule_id', r.rule_id, 'version', r.version, 'event_name', r.event_name,
        'touch', r.touch, 'model', r.model, 'window', r."window")
        order by r.rule_id collate "C", r.version) from rule r where r.org = o.slug), '[]')) as document
from org o left join template_document t on t.org = o.slug;

create view settings_document as
select s.version,
  jsonb_build_object('version', s.version, 'orgs',
    coalesce((select jsonb_agg(o.document order by o.slug collate "C") from org_document o), '[]')) as document
from settings_version s;

create view credentials_document as
select s.version,
  jsonb_build_object('version', s.version,
    'keys', coalesce((select jsonb_agg(jsonb_build_object(
        'key_id', key_id, 'org', org, 'hash', hash, 'scopes', scopes) order by key_id collate "C") from api_key), '[]'),
    'signing_keys', coalesce((select jsonb_agg(jsonb_build_object(
        'signing_key_id', signing_key_id, 'org', org, 'workspace', workspace, 'key', key)
        order by signing_key_id) from signing_key), '[]')) as document
from settings_version s;
