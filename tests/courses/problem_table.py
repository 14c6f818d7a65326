"""Each way to spoil the example course, and what `lms courses check` must say of it."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.courses.packages import change

Spoil = Callable[[Path], object]

COURSE = "course.toml"
LESSON = "lessons/el-cuaderno/lesson.toml"
SECOND = "lessons/la-ganancia/lesson.toml"
QUIZ = "lessons/el-cuaderno/quiz.toml"
POSTER = "lessons/el-cuaderno/poster.svg"


def changed(path: str, old: str, new: str) -> Spoil:
    """Spoil one text."""
    return lambda folder: change(folder, path, old, new)


def written(path: str, body: bytes) -> Spoil:
    """Write other bytes in a file's place."""
    return lambda folder: (folder / path).write_bytes(body)


def removed(path: str) -> Spoil:
    """Take a file away."""
    return lambda folder: (folder / path).unlink()


def linked(folder: Path) -> None:
    """A picture that is a link to a file outside."""
    (folder / POSTER).unlink()
    (folder / POSTER).symlink_to("/etc/passwd")


def linked_folder(folder: Path) -> None:
    """A folder that is a link."""
    (folder / "lessons" / "otra").symlink_to("/etc")


def both(*spoils: Spoil) -> Spoil:
    """Several at once."""
    return lambda folder: [spoil(folder) for spoil in spoils]


def png(width: int, height: int, *, tail: int = 0) -> bytes:
    """A PNG of one colour; `tail` bytes are cut off its end."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body
            + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * min(height, 64))
    whole = b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    ) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return whole[: len(whole) - tail]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'

# what is spoiled; the place "file:line:" as it is printed; the field; words that must be said
TABLE: dict[str, tuple[Spoil, str, str, str]] = {
    "no course.toml": (removed(COURSE), "course.toml:", "", "course-format.md"),
    "syntax": (changed(COURSE, "open = true", "open = "), "course.toml:4:", "", "TOML"),
    "not UTF-8": (written(LESSON, b'title.es = "caf\xe9"\n'), f"{LESSON}:1:", "", "UTF-8"),
    "endless key": (written(LESSON, b"a." * 9999 + b"b=1"), f"{LESSON}:1:", "", ""),
    "nested without end": (written(LESSON, b"a=" + b"[" * 9999), f"{LESSON}:1:", "", "TOML"),
    "huge file": (written(LESSON, b"#" * 300_000), f"{LESSON}:", "", "256"),
    "format": (changed(COURSE, "format = 1", "format = 2"), "course.toml:1:", "format", "2"),
    "no format": (changed(COURSE, "format = 1\n", ""), "course.toml:1:", "format", "format = 1"),
    "unknown key": (
        changed(COURSE, "audience =", "audiense ="), "course.toml:3:", "audiense", "audience"
    ),
    "unknown key in a lesson": (
        changed(LESSON, "poster =", "pooster ="), f"{LESSON}:4:", "pooster", "poster"
    ),
    "wrong type": (
        changed(COURSE, "open = true", 'open = "yes"'), "course.toml:4:", "open", "true"
    ),
    "bad slug": (changed(COURSE, '"mi-tienda"', '"Mi Tienda"'), "course.toml:2:", "slug", "a-z"),
    "bad id": (
        changed(COURSE, "format = 1", 'format = 1\nid = "7"'), "course.toml:2:", "id", "UUID"
    ),
    "unknown audience": (
        changed(COURSE, '["client"]', '["clients"]'), "course.toml:3:", "audience[1]", "client"
    ),
    "unknown language": (
        changed(COURSE, "[languages.quz]", "[languages.qux]"), "course.toml:13:",
        "languages.qux", "quz",
    ),
    "a language that the course does not list": (
        changed(LESSON, 'title.quz = "Cuaderno"', 'title.quy = "Cuaderno"'), f"{LESSON}:2:",
        "title.quy", "quz",
    ),
    "unknown state": (
        changed(COURSE, '"draft"', '"drafted"'), "course.toml:14:", "languages.quz.state", "draft"
    ),
    "no Spanish title": (
        changed(LESSON, 'title.es = "El cuaderno"\n', ""), f"{LESSON}:1:", "title.es", "title.es"
    ),
    "a title without language": (
        changed(SECOND, 'title.es = "La ganancia"', 'title = "La ganancia"'), f"{SECOND}:1:",
        "title", "title.es",
    ),
    "no module": (
        lambda folder: (folder / COURSE).write_text(
            (folder / COURSE).read_text().split("[[modules]]")[0]
        ),
        "course.toml:1:", "modules", "",
    ),
    "duplicate lesson": (
        changed(COURSE, '"la-ganancia"]', '"la-ganancia", "el-cuaderno"]'), "course.toml:19:",
        "modules[1].lessons", "el-cuaderno",
    ),
    "duplicate lesson in another module": (
        changed(
            COURSE, '"la-ganancia"]\n',
            '"la-ganancia"]\n[[modules]]\nslug = "x"\ntitle.es = "X"\nlessons = ["el-cuaderno"]\n',
        ),
        "course.toml:23:", "modules[2].lessons[1]", "el-cuaderno",
    ),
    "duplicate module": (
        changed(
            COURSE, "[[modules]]",
            '[[modules]]\nslug = "cuentas"\ntitle.es = "X"\nlessons = ["x"]\n[[modules]]',
        ),
        "course.toml:21:", "modules[2].slug", "cuentas",
    ),
    "missing lesson": (
        changed(COURSE, '"la-ganancia"', '"la-ganansia"'), "course.toml:19:",
        "modules[1].lessons[2]", "la-ganancia",
    ),
    "a lesson's slug that leaves": (
        changed(COURSE, '"la-ganancia"', '"../la-ganancia"'), "course.toml:19:",
        "modules[1].lessons[2]", "a-z",
    ),
    "unknown prerequisite": (
        changed(SECOND, '["el-cuaderno"]', '["el-quaderno"]'), f"{SECOND}:2:",
        "prerequisites[1]", "el-cuaderno",
    ),
    "circle": (
        changed(LESSON, "quiz =", 'prerequisites = ["la-ganancia"]\nquiz ='), f"{LESSON}:5:",
        "prerequisites", "el-cuaderno → la-ganancia → el-cuaderno",
    ),
    "a circle of one": (
        changed(SECOND, '["el-cuaderno"]', '["la-ganancia"]'), f"{SECOND}:2:",
        "prerequisites", "la-ganancia → la-ganancia",
    ),
    "unknown requirement": (
        changed(SECOND, '[["watched"]]', '[["wached"]]'), f"{SECOND}:3:",
        "complete_when[1][1]", "watched",
    ),
    "a rule that is no list of lists": (
        changed(SECOND, '[["watched"]]', '["watched"]'), f"{SECOND}:3:", "complete_when", "[["
    ),
    "answered without a quiz": (
        changed(SECOND, '[["watched"]]', '[["watched", "answered"]]'), f"{SECOND}:3:",
        "complete_when", "",
    ),
    "percent": (
        changed(SECOND, "= 80", "= 180"), f"{SECOND}:4:", "watched_percent", "100"
    ),
    "missing video": (
        removed("lessons/la-ganancia/es.mp4"), f"{SECOND}:8:", "video.es",
        "lessons/la-ganancia/es.mp4",
    ),
    "a name in other capitals": (
        changed(LESSON, '"poster.svg"', '"Poster.svg"'), f"{LESSON}:4:", "poster", "poster.svg"
    ),
    "neither video nor storyboard": (
        changed(SECOND, '[video]\nes = "es.mp4"\n', ""), f"{SECOND}:1:", "video", "storyboard"
    ),
    "a video that is none": (
        written("lessons/la-ganancia/es.mp4", b"#EXTM3U\nhttp://example.org/x"),
        "lessons/la-ganancia/es.mp4:", "", "",
    ),
    "a cut video": (
        lambda folder: (folder / "lessons/la-ganancia/es.mp4").write_bytes(
            (folder / "lessons/la-ganancia/es.mp4").read_bytes()[:4000]
        ),
        "lessons/la-ganancia/es.mp4:", "", "",
    ),
    "a path that leaves": (
        changed(LESSON, '"poster.svg"', '"../../../poster.svg"'), f"{LESSON}:4:", "poster", ""
    ),
    "an absolute path": (
        changed(LESSON, '"poster.svg"', '"/etc/passwd"'), f"{LESSON}:4:", "poster", ""
    ),
    "a backslash": (
        changed(LESSON, '"poster.svg"', "'..\\poster.svg'"), f"{LESSON}:4:", "poster", "/"
    ),
    "a link": (linked, f"{POSTER}:", "", ""),
    "a linked folder": (linked_folder, "lessons/otra:", "", ""),
    "a name that Windows cannot write": (
        written("lessons/a:b.svg", b""), "lessons/a:b.svg:", "", ""
    ),
    "two names that differ in capitals": (
        both(written("lessons/a.txt", b""), written("lessons/A.txt", b"")), "lessons/a.txt:", "",
        "lessons/A.txt",
    ),
    "a picture of another kind": (
        changed(LESSON, '"poster.svg"', '"es.vtt"'), f"{LESSON}:4:", "poster", "svg"
    ),
    "a picture that is none": (written(POSTER, b"GIF89a no"), f"{POSTER}:", "", ""),
    "an empty picture": (written(POSTER, b""), f"{POSTER}:", "", ""),
    "a drawing with a script": (
        written(POSTER, SVG % b"<script>alert(1)</script>"), f"{POSTER}:", "", "script"
    ),
    "a drawing with an event": (
        written(POSTER, SVG % b'<path d="M0 0" onload="x()"/>'), f"{POSTER}:", "", "onload"
    ),
    "a drawing with entities": (
        written(POSTER, b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % b"&a;"), f"{POSTER}:", "", ""
    ),
    "a drawing with an address": (
        written(POSTER, SVG % b'<use href="https://example.org/#a"/>'), f"{POSTER}:", "", ""
    ),
    "a drawing with a style sheet": (
        written(POSTER, b'<?xml-stylesheet href="https://example.org/a.css"?>' + SVG % b""),
        f"{POSTER}:", "", "",
    ),
    "a picture under a wrong name": (
        both(written("lessons/el-cuaderno/p.jpg", png(9, 9)),
             changed(LESSON, "poster.svg", "p.jpg")),
        "lessons/el-cuaderno/p.jpg:", "", "JPEG",
    ),
    "a cut picture": (
        both(written("lessons/el-cuaderno/p.png", png(9, 9, tail=8)),
             changed(LESSON, "poster.svg", "p.png")),
        "lessons/el-cuaderno/p.png:", "", "",
    ),
    "a picture that is too wide": (
        both(written("lessons/el-cuaderno/p.png", png(20_000, 9)),
             changed(LESSON, "poster.svg", "p.png")),
        "lessons/el-cuaderno/p.png:", "", "20000",
    ),
    "captions without heading": (
        written("lessons/el-cuaderno/es.vtt", b"00:00.000 --> 00:02.000\nHola\n"),
        "lessons/el-cuaderno/es.vtt:1:", "", "WEBVTT",
    ),
    "captions with a wrong time": (
        changed("lessons/el-cuaderno/es.vtt", "00:02.000", "00:02,000"),
        "lessons/el-cuaderno/es.vtt:3:", "", "00:04.500",
    ),
    "missing quiz": (removed(QUIZ), f"{LESSON}:5:", "quiz", QUIZ),
    "quiz without a right answer": (
        changed(QUIZ, "is_right = true\n", ""), f"{QUIZ}:13:", "questions[1].choices", "is_right"
    ),
    "quiz with an unknown key": (
        changed(QUIZ, "is_right = true", "is_rigth = true"), f"{QUIZ}:17:",
        "questions[1].choices[1].is_rigth", "is_right",
    ),
    "quiz with an unknown field": (
        changed(QUIZ, "pass_percent", "pas_percent"), f"{QUIZ}:2:", "pas_percent", "pass_percent"
    ),
    "quiz with an unknown kind": (
        changed(QUIZ, 'kind = "number"', 'kind = "numbers"'), f"{QUIZ}:27:", "questions[2].kind", ""
    ),
    "quiz picture missing": (
        removed("lessons/el-cuaderno/nada.svg"), f"{QUIZ}:21:", "questions[1].choices[2].picture",
        "lessons/el-cuaderno/nada.svg",
    ),
    "a scene where there is none": (
        changed(QUIZ, "explained_at.es = 1", 'explained_scene = "rosa"'), f"{QUIZ}:9:",
        "questions[1].explained_scene", "rosa",
    ),
}
