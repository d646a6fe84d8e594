"""What other DAGs can wait for: the tables and exports that a run has published."""

from airflow.sdk import Asset

EXPORTS = Asset("copyloop_exports")

PUBLISHED_TABLES = [
    Asset(f"copyloop_{table}")
    for table in (
        "generations",
        "deliveries",
        "engagements",
        "attributed_events",
        "daily_metrics",
        "daily_custom_metrics",
        "copies",
    )
]

OUTLETS = {"publish": PUBLISHED_TABLES, "export": [EXPORTS]}
"""By job: what others can wait for."""
