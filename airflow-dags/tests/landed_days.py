"""Three days of one campaign, landed over HTTP by a running stack, with known totals."""

import hashlib
import hmac
import json
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

import boto3
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

DAYS = [datetime.now(UTC).date() - timedelta(days=ago) for ago in (3, 2, 1)]
"""When it happened: whole UTC days, to each of which the same number of people belongs."""

TREATED = 12
CONTROLS = 6
CLICKED = 3
"""Of the treated; each treated and control is sent one message."""

LATE_CLICKS = 3
"""Of other treated, landed by a call of their own."""

LINES = TREATED + TREATED + CONTROLS + CLICKED
SIGNING_KEY = "0123456789abcdef" * 4
ORG = "night"
WAIT_SECONDS = 60


def land(environment: dict[str, str]) -> None:
    """Sets up the org, sends its traffic but the late clicks, waits until all is in the bucket."""
    url = environment["COPYLOOP_URL"]
    key = set_up(url, environment["COPYLOOP_ADMIN_TOKEN"])
    for person in range(TREATED):
        body = {
            "template_id": "welcome",
            "user_id": f"t-{person}",
            "tracking_id": f"j-t-{person}",
            "attrs": {"plan": "free"},
            "occurred_at": noon_of(person),
        }
        generate(f"{url}/api/generate/{ORG}", body, key)
        report(url, f"t-{person}", "1001", "sent", noon_of(person) + 60)
        if person < CLICKED:
            report(url, f"t-{person}", "1001", "clicked", noon_of(person) + 120)
    for person in range(CONTROLS):
        report(url, f"c-{person}", "1002", "sent", noon_of(person) + 60)
    await_landed(environment, LINES)


def land_late_clicks(environment: dict[str, str]) -> None:
    """Sends them and waits until they are in the bucket."""
    url = environment["COPYLOOP_URL"]
    for person in range(CLICKED, CLICKED + LATE_CLICKS):
        report(url, f"t-{person}", "1001", "clicked", noon_of(person) + 3600)
    await_landed(environment, LINES + LATE_CLICKS)


def noon_of(person: int) -> int:
    """In the middle of the person's day, in unix seconds."""
    day = DAYS[person % len(DAYS)]
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def set_up(url: str, admin_token: str) -> str:
    """Creates the org as its operator would; returns its API key."""

    def admin(method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {admin_token}"}
        return call(f"{url}/api/admin/orgs/{ORG}{path}", body, headers, method)

    admin("PUT", "", {"time_zone": "UTC", "user_key": "id"})
    workspace = "/workspaces/production"
    admin("PUT", workspace, {"region": "us", "default_attribute_scope": "journey"})
    admin("POST", f"{workspace}/signing-keys", {"key": SIGNING_KEY})
    admin("PUT", "/templates/welcome", {"channel": "email"})
    for variant in ("short", "long"):
        texts = {"subject": f"A {variant} hello"}
        admin("POST", "/templates/welcome/variants", {"key": variant, "vars": texts})
    binding = {
        "workspace": "production",
        "campaign_id": "7",
        "webhook_action_id": "1000",
        "message_action_ids": ["1001"],
        "control_action_ids": ["1002"],
        "control_share": 0.3,
        "valid_from": f"{DAYS[0]}T00:00:00Z",
    }
    admin("POST", "/templates/welcome/bindings", binding)
    key = {"name": "tests", "scopes": ["generate", "replay"]}
    return str(admin("POST", "/keys", key)["key"])


def generate(url: str, body: dict[str, Any], key: str) -> None:
    """Asks for a copy, again while serving has not read the new settings yet."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            call(url, body, {"X-Api-Key": key})
            return
        except HTTPError as error:
            if error.code not in (401, 404) or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def report(url: str, person: str, action: str, metric: str, occurred_at: int) -> None:
    """Posts a reporting webhook, signed as Customer.io signs."""
    now = int(time.time())
    body = {
        "event_id": f"e-{person}-{metric}",
        "object_type": "email",
        "metric": metric,
        "timestamp": occurred_at,
        "data": {
            "customer_id": person,
            "identifiers": {"id": person},
            "delivery_id": f"d-{person}",
            "campaign_id": 7,
            "action_id": int(action),
            "journey_id": f"j-{person}",
        },
    }
    signed = f"v0:{now}:".encode() + json.dumps(body).encode()
    signature = hmac.new(SIGNING_KEY.encode(), signed, hashlib.sha256).hexdigest()
    headers = {"X-CIO-Timestamp": str(now), "X-CIO-Signature": signature}
    call(f"{url}/api/webhook/cio/{ORG}", body, headers)


def call(
    url: str, body: dict[str, Any], headers: dict[str, str], method: str = "POST"
) -> dict[str, Any]:
    """Sends JSON and returns the answer's, if it has one."""
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **headers},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        content: dict[str, Any] = json.loads(answer.read() or b"{}")
    return content


def await_landed(environment: dict[str, str], lines: int) -> None:
    """Returns when the bucket holds so many lines."""
    client = bucket_client(environment)
    deadline = time.monotonic() + WAIT_SECONDS
    while (landed := landed_lines(client, environment["COPYLOOP_BUCKET"])) < lines:
        assert time.monotonic() < deadline, f"Only {landed} of {lines} lines landed"
        time.sleep(0.2)


def landed_lines(client: "S3Client", bucket: str) -> int:
    keys = [item["Key"] for item in objects(client, bucket, "landing/")]
    return sum(lines_of(client, bucket, key) for key in keys)


def lines_of(client: "S3Client", bucket: str, key: str) -> int:
    try:
        head = client.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        # The embedded server lists an object under a passing name while it is written.
        if error.response["Error"]["Code"] == "404":
            return 0
        raise
    return int(head["Metadata"].get("lines", "0"))


def objects(client: "S3Client", bucket: str, prefix: str) -> list[dict[str, Any]]:
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [dict(item) for page in pages for item in page.get("Contents", [])]


def bucket_client(environment: dict[str, str]) -> "S3Client":
    return boto3.client(
        "s3",
        endpoint_url=environment["COPYLOOP_S3_ENDPOINT"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        region_name=environment["AWS_REGION"],
    )
