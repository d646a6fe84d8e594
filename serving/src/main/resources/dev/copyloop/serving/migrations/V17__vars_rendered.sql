alter table org alter column exports set default
  '{"datasets": ["generations", "daily_metrics", "daily_custom_metrics", "copies"],
    "vars": "inline", "vars_rendered": "omitted", "maps": "native", "format": "parquet"}';
update org set exports = exports || '{"vars_rendered": "omitted"}';
