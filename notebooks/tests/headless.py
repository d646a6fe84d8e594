"""Runs a notebook without a browser."""

from pathlib import Path

import jupytext
import nbformat
import papermill
import pytest

from copyloop_client.connection import Connection

NOTEBOOKS = Path(__file__).parents[1]
CELL_SECONDS = 60


def run(name: str, connection: Connection, folder: Path, **parameters: object) -> str:
    """What it prints, as an analyst reads it who has this connection."""
    variables = {
        "COPYLOOP_BUCKET": connection.bucket,
        "COPYLOOP_S3_ENDPOINT": connection.endpoint or "",
        "AWS_ACCESS_KEY_ID": connection.access_key,
        "AWS_SECRET_ACCESS_KEY": connection.secret_key,
    }
    source, executed = folder / f"{name}.ipynb", folder / f"{name}-executed.ipynb"
    nbformat.write(jupytext.read(NOTEBOOKS / f"{name}.py"), source)
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in variables.items():
            patch.setenv(variable, value)
        papermill.execute_notebook(
            source,
            executed,
            parameters=parameters,
            cwd=NOTEBOOKS,
            progress_bar=False,
            execution_timeout=CELL_SECONDS,
        )
    return printed(nbformat.read(executed, as_version=4))


def printed(notebook: nbformat.NotebookNode) -> str:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs)
