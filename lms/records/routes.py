"""The door over HTTP, and the staff's list of what did not get through it."""

from typing import Annotated, Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lms.core import clock
from lms.core.access import not_found, origin_checked
from lms.people.roles import Role
from lms.records.problems import problems_for
from lms.records.receiving import MOST_STATEMENTS, Batch, receive
from lms.records.statements import LATEST_MS, Id

bp = Blueprint("records", __name__)


class BatchForm(BaseModel):
    """A batch on the wire; its statements are read one by one behind the door."""

    model_config = ConfigDict(extra="forbid", strict=True)

    device: Id
    secret: Annotated[str, Field(min_length=32, max_length=128)]
    now: Annotated[int, Field(ge=0, le=LATEST_MS)]
    statements: Annotated[list[Any], Field(max_length=MOST_STATEMENTS)]


@bp.post("/statements")
@origin_checked
def take_statements() -> ResponseReturnValue:
    """Take a batch in; the answer for each statement is its receipt."""
    try:
        form = BatchForm.model_validate_json(request.get_data())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "batch"
        return {"error": f"{where}: {first['msg']}"}, 400
    batch = Batch(form.device, form.secret, form.now, form.statements)
    answers = receive(batch, sender=current_user.uuid)
    return {
        "received_at": clock.now_ms(),
        "answers": [
            {"id": each.id, "is": each.fate, **({"why": each.why} if each.why else {})}
            for each in answers
        ],
    }


@bp.get("/records/problems")
def problems() -> ResponseReturnValue:
    """What is disputed or was refused, about people whom this admin sees."""
    if not current_user.has_role(Role.ADMIN):
        not_found()
    return render_template("records/problems.html", problems=problems_for(current_user))
