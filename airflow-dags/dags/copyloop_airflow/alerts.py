"""What is said, and to whom, when a task has failed for good or a run is late."""

import json
import logging
import os
import urllib.request
from typing import Any

from airflow.sdk import Context

WEBHOOK_VARIABLE = "COPYLOOP_ALERT_WEBHOOK"
"""Names a URL that takes {"text": …} by POST, as Slack's incoming webhooks do."""

_TIMEOUT_SECONDS = 10
_LOG = logging.getLogger(__name__)


def failure_message(context: Context) -> str:
    """What failed, why, and where to read on."""
    task = context["task_instance"]
    return (
        f"Copyloop: {task.dag_id}.{task.task_id} failed after try {task.try_number} of run "
        f"{task.run_id}: {context.get('exception') or 'no exception was given'}\n"
        f"Log: {task.log_url}\n"
        "What was published before stays as it was. Clear the task to run it again; "
        "docs/airflow.md says when."
    )


def alert(context: Context) -> None:
    """The callback of a task that has failed for good."""
    notify(failure_message(context))


def late(context: dict[str, Any]) -> None:
    """The callback of a run that has missed its deadline.

    Args:
        context: Airflow's, with the run (``dag_run``) and the ``deadline``.
    """
    run, deadline = context["dag_run"], context["deadline"]
    notify(
        f"Copyloop: {run['dag_id']} is late: the run {run['dag_run_id']} should have ended by "
        f"{deadline['deadline_time']} and is {run['state']}.\n"
        "Readers still see what was published before. docs/airflow.md says where to look."
    )


def notify(message: str) -> None:
    """Logs a message and posts it to the webhook, if one is named.

    A webhook that can't be reached is logged: it must not hide what it was to tell.
    """
    _LOG.error(message)
    url = os.environ.get(WEBHOOK_VARIABLE)
    if url:
        _post(url, message)


def _post(url: str, message: str) -> None:
    body = json.dumps({"text": message}).encode()
    headers = {"Content-Type": "application/json"}
    try:
        # Any scheme: the URL is the operator's own setting.
        request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310
            pass
    except (OSError, ValueError) as error:
        _LOG.error("Cannot post the alert to the webhook of %s: %s", WEBHOOK_VARIABLE, error)
