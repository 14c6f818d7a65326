"""Our own style sheets, scripts and pictures: compressed once, served for ever.

The whole static folder has one digest, which stands in every address: what is served under an
address never changes. The compressed copies lie in the data folder, made when the digest is new.
"""

import gzip
import hashlib
import os
import shutil
from pathlib import Path

import brotli
from flask import Flask, current_app
from whitenoise import WhiteNoise

_SQUEEZED = {".css", ".js", ".svg", ".json", ".webmanifest"}


def asset_url(path: str) -> str:
    """The immutable address of a file below `lms/static/`; KeyError when there is none."""
    prefix, known = current_app.extensions["yachay.assets"]
    if path not in known:
        raise KeyError(f"there is no static file {path!r}")
    return f"{prefix}{path}"


def init_app(app: Flask, data: Path) -> None:
    """Serve the static folder, in front of Flask, and give templates `asset()`."""
    source = Path(app.static_folder or "")
    paths = sorted(str(p.relative_to(source)) for p in source.rglob("*") if p.is_file())
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.encode() + b"\0" + (source / path).read_bytes() + b"\0")
    name = digest.hexdigest()[:10]
    prefix = f"/static/{name}/"
    folder = _compressed_copy(source, paths, data / "static" / name)
    served = WhiteNoise(app.wsgi_app, max_age=31536000, immutable_file_test=lambda *_: True)
    served.add_files(str(folder), prefix=prefix)
    app.wsgi_app = served  # type: ignore[method-assign]
    app.extensions["yachay.assets"] = (prefix, frozenset(paths))
    app.jinja_env.globals["asset"] = asset_url


def _compressed_copy(source: Path, paths: list[str], target: Path) -> Path:
    """Copy and compress aside, then rename: a folder that exists is whole."""
    if target.is_dir():
        return target
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    for path in paths:
        file = aside / path
        file.parent.mkdir(parents=True, exist_ok=True)
        body = (source / path).read_bytes()
        file.write_bytes(body)
        if file.suffix in _SQUEEZED:
            Path(f"{file}.br").write_bytes(brotli.compress(body, quality=11))
            Path(f"{file}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    aside.mkdir(parents=True, exist_ok=True)
    try:
        aside.rename(target)
    except OSError:  # another process was first; its copy is the same
        shutil.rmtree(aside, ignore_errors=True)
    return target
