"""The job `courses.import`, and the sweep after imports that were killed."""

import time
from pathlib import Path

from flask import current_app

from lms.core.jobs import JobContext, JobRefused, job, reconciler
from lms.courses import storing
from lms.courses.importing import NoSuchUnitError, import_course
from lms.courses.problem import PackageRefusedError

_HOUR = 3600.0


@job("courses.import")
def import_place(context: JobContext) -> None:
    """Import the folder or ZIP at `folder` of the payload, for its `unit` (a slug or None)."""
    try:
        import_course(
            Path(context.payload["folder"]), unit=context.payload.get("unit"),
            edge=context.committing, tell=context.progress,
        )
    except (PackageRefusedError, NoSuchUnitError) as error:
        raise JobRefused(str(error)) from error


@reconciler
def sweep() -> None:
    """When a worker starts and every hour: remove stored files that no version names."""
    last = current_app.extensions.get("yachay.courses.swept", -_HOUR)
    if time.monotonic() - last >= _HOUR:
        current_app.extensions["yachay.courses.swept"] = time.monotonic()
        storing.sweep()
