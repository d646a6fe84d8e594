"""The bucket of the lake, as the worker's environment names it."""

import os
from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET_VARIABLE = "COPYLOOP_BUCKET"
ENDPOINT_VARIABLE = "COPYLOOP_S3_ENDPOINT"
"""Names the S3 API, if it is not AWS's."""


def bucket() -> str:
    """The bucket's name.

    Raises:
        LookupError: the worker's environment does not say it.
    """
    name = os.environ.get(BUCKET_VARIABLE)
    if not name:
        raise LookupError(
            f"Cannot find the lake: {BUCKET_VARIABLE} is not set in the worker's environment"
        )
    return name


def client() -> "S3Client":
    """A client of a session of its own: the shared one keeps the first credentials it ever saw."""
    return boto3.Session().client("s3", endpoint_url=os.environ.get(ENDPOINT_VARIABLE) or None)


def address(key: str) -> str:
    """An object's address for people."""
    return f"s3://{bucket()}/{key}"


def browser_address(key: str) -> str:
    """Where a browser shows an object: AWS's console, else the S3 API itself."""
    endpoint = os.environ.get(ENDPOINT_VARIABLE)
    if endpoint:
        return f"{endpoint.rstrip('/')}/{bucket()}/{key}"
    return f"https://console.aws.amazon.com/s3/object/{bucket()}?prefix={key}"
