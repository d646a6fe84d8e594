import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any, cast

import pytest
from airflow.sdk import Context

from copyloop_airflow.alerts import WEBHOOK_VARIABLE, alert, failure_message

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


class Webhook(HTTPServer):
    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        cast("Webhook", self.server).posts.append(json.loads(body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with Webhook() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_message_says_what_why_and_where() -> None:
    message = failure_message(CONTEXT)
    assert "copyloop_nightly.compact failed after try 4" in message
    assert "no space left" in message
    assert "http://airflow.example/log" in message


def test_alert_is_posted(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WEBHOOK_VARIABLE, webhook.url)
    alert(CONTEXT)
    assert webhook.posts == [{"text": failure_message(CONTEXT)}]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/hook", "not a url"])
def test_a_webhook_out_of_reach_is_logged(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(WEBHOOK_VARIABLE, url)
    with caplog.at_level(logging.ERROR, logger="copyloop_airflow.alerts"):
        alert(CONTEXT)
    assert "Cannot post the alert" in caplog.text
    assert "no space left" in caplog.text
