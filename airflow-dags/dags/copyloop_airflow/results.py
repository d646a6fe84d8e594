"""The typed result that each job leaves in the bucket."""

import json
import os
from typing import Any

import boto3
from botocore.exceptions import ClientError


def result_key(run_id: str, job: str) -> str:
    """Where a job of a run leaves its result in the bucket."""
    return f"runs/{run_id}/{job}.json"


def read_result(run_id: str, job: str) -> dict[str, Any]:
    """The result of a job from the bucket that the environment names.

    Raises:
        LookupError: the job left none.
    """
    bucket, key = os.environ["COPYLOOP_BUCKET"], result_key(run_id, job)
    # A session of its own: the shared one keeps the first credentials it ever saw.
    client = boto3.Session().client(
        "s3", endpoint_url=os.environ.get("COPYLOOP_S3_ENDPOINT") or None
    )
    try:
        content: dict[str, Any] = json.load(client.get_object(Bucket=bucket, Key=key)["Body"])
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "NoSuchKey":
            raise
        raise LookupError(f"Cannot find the result of {job} at s3://{bucket}/{key}") from error
    return content
