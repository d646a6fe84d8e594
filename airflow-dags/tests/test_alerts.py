import logging
from types import SimpleNamespace
from typing import cast

import pytest
from airflow.sdk import Context

from copyloop_airflow.alerts import WEBHOOK_VARIABLE, alert, failure_message, late
from tests.webhook import Webhook

CONTEXT = cast(
    "Context",
    {
        "task_instance": SimpleNamespace(
            dag_id="copyloop_nightly",
            task_id="compact",
            run_id="scheduled__1",
            try_number=4,
            log_url="http://airflow.example/log",
        ),
        "exception": RuntimeError("no space left"),
    },
)


def test_message_says_what_why_and_where() -> None:
    message = failure_message(CONTEXT)
    assert "copyloop_nightly.compact failed after try 4" in message
    assert "no space left" in message
    assert "http://airflow.example/log" in message


def test_alert_is_posted(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WEBHOOK_VARIABLE, webhook.url)
    alert(CONTEXT)
    assert webhook.posts == [{"text": failure_message(CONTEXT)}]


def test_a_late_run_is_told(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WEBHOOK_VARIABLE, webhook.url)
    run = {"dag_id": "copyloop_nightly", "dag_run_id": "scheduled__1", "state": "running"}
    late(context={"dag_run": run, "deadline": {"deadline_time": "2026-11-23T06:00:00Z"}})
    [post] = webhook.posts
    assert "copyloop_nightly is late: the run scheduled__1" in post["text"]
    assert "2026-11-23T06:00:00Z" in post["text"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/hook", "not a url"])
def test_a_webhook_out_of_reach_is_logged(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(WEBHOOK_VARIABLE, url)
    with caplog.at_level(logging.ERROR, logger="copyloop_airflow.alerts"):
        alert(CONTEXT)
    assert "Cannot post the alert" in caplog.text
    assert "no space left" in caplog.text
