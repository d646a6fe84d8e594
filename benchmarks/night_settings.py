"""The settings of the generated nights."""


def settings_document():
    templates = []
    for number in range(20):
        copies = [
            {
                "copy_id": f"00000000-0000-{0x4000 + number:04x}-8000-{copy:012x}",
                "key": f"copy_{copy}",
                "status": "active",
                "texts": [
                    {"valid_from": "2020-01-01T00:00:00Z", "vars": {"subject": f"Subject {copy}"}}
                ],
            }
            for copy in range(5)
        ]
        binding = {
            "id": f"binding_{number}",
            "workspace": "production",
            "campaign_id": str(100 + number),
            "webhook_action_id": "900",
            "message_action_ids": ["1001"],
            "control_action_ids": ["1002"],
            "attribute_scope": "journey",
            "control_share": "0.1",
            "valid_from": "2020-01-01T00:00:00Z",
        }
        templates.append(
            {
                "template_id": f"template_{number}",
                "channel": "email",
                "variants": copies,
                "bindings": [binding],
            }
        )
    rule = {
        "rule_id": "purchase",
        "version": 1,
        "event_name": "purchase",
        "touch": "send",
        "model": "last",
        "window": "PT336H",
    }
    workspace = {
        "name": "production",
        "region": "eu",
        "default_attribute_scope": "journey",
        "first_occurrence_only": [],
    }
    org = {
        "slug": "acme",
        "time_zone": "Europe/Berlin",
        "user_key": "id",
        "event_user_key": "id",
        "internal_recipients": [],
        "workspaces": [workspace],
        "templates": templates,
        "rules": [rule],
    }
    return {"version": 1, "orgs": [org]}
