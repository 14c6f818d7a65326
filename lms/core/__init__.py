"""The ground floor: settings, database, access, storage, jobs, languages. No word of learning."""

from flask import Flask

from lms.core import access, drawings, edge, errors, files, i18n, jobs, responses, spoken
from lms.core import audit as audit  # its table must be known to the database
from lms.core import db as database
from lms.core.settings import Settings
from lms.core.storage import FolderStorage


def init_app(app: Flask, settings: Settings) -> None:
    """Prepare the app; the order of the request hooks is the order of these lines."""
    app.extensions["yachay.settings"] = settings
    app.extensions["yachay.storage"] = FolderStorage(settings.media)
    database.init_app(app, settings.database_url)
    files.init_app(app, settings.data)
    i18n.init_app(app)
    drawings.init_app(app)
    spoken.init_app(app)
    errors.init_app(app)
    responses.init_app(app)
    edge.init_app(app)
    access.init_app(app)
    jobs.init_app(app)
