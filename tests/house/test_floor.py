"""Our scripts and style sheets run on the oldest browser that we promise: Chrome and WebView 80."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import floor_scripts, floor_styles
from tests.house.tracked import files_named, short

Faults = Callable[[str], Iterator[tuple[int, str]]]


def _found(paths: list[Path], faults: Faults) -> list[str]:
    return [
        f"{short(path)}:{line}: {what}"
        for path in paths
        for line, what in faults(path.read_text("utf-8"))
    ]


def test_our_scripts_run_at_the_floor() -> None:
    assert not _found(files_named(".js", ".mjs", below="lms/static"), floor_scripts.faults)


def test_our_style_sheets_work_at_the_floor() -> None:
    assert not _found(files_named(".css", below="lms/static"), floor_styles.faults)


@pytest.mark.parametrize(
    "source",
    [
        "a ??= 1", "a ||= 1", "class A { #m() {} }", "class A { static { } }",
        "class A { #f; has(o) { return #f in o } }", "await ready", "x.at(-1)",
        "s.replaceAll(a, b)",
        "structuredClone(x)", "window.structuredClone(x)", "Object.hasOwn(a, b)",
        "Promise.any([])", "crypto.randomUUID()", "self.crypto.randomUUID()", "/a/v", "/a/d",
        "list.toSorted()", "import x from './x.json' with { type: 'json' }", "let x = = 3",
        "AbortSignal.timeout(5)", "new WeakRef(x)", "video.requestVideoFrameCallback(f)",
        "node.replaceChildren()", "for await (const x of y) z(x)",
    ],
)  # fmt: skip
def test_a_newer_script_is_seen(source: str) -> None:
    assert list(floor_scripts.faults(source))


@pytest.mark.parametrize(
    "source",
    [
        "a?.b ?? 1", "async function f() { await x }", "class A { f = 1; #g = 2; static h = 3 }",
        "export * as n from './x.js'", "1_000", "/(?<=a)b/su",
        "async () => { for await (const x of y) z(x) }", "10n ** 2n", "try { a() } catch { b() }",
        "x.flatMap(f); Object.fromEntries(y); Promise.allSettled(z)", "await_ = 3",
        "if (x.wakeLock) x.go()", "import('./x.js')", "import.meta.url", "const at = 3",
        "navigator.wakeLock.request() // newer than the floor: asked for on the line above",
    ],
)  # fmt: skip
def test_a_script_of_the_floor_passes(source: str) -> None:
    assert not [what for _line, what in floor_scripts.faults(source)]


@pytest.mark.parametrize(
    "source",
    [
        "a { aspect-ratio: 1 }", "a { inset: 0 }", "a:is(b, c) { color: red }",
        "a:focus-visible { color: red }", "a:has(b) { color: red }", "@layer x { a { top: 0 } }",
        "a { display: flex; gap: 4px }", "a { gap: 4px }",
        "a { color: color-mix(in srgb, red, blue) }",
        "a { height: 100dvh }", "@media (width >= 30em) { a { top: 0 } }", "a { b { top: 0 } }",
        "a { &:hover { top: 0 } }", "a { mask: url(x.svg) }", "a { rotate: 3deg }",
        "@media print { a:where(b) { top: 0 } }", "a:not(b, c) { top: 0 }", "a { overflow: clip }",
        "a { padding-inline: 3px }", "a { top: }}",
    ],
)  # fmt: skip
def test_a_newer_style_is_seen(source: str) -> None:
    assert list(floor_styles.faults(source))


@pytest.mark.parametrize(
    "source",
    [
        "a { display: grid; gap: 4px }", "a { height: 100vh; height: 100dvh }",
        "@supports (aspect-ratio: 1) { a { aspect-ratio: 1 } }", "a:focus-within { top: 0 }",
        "@supports selector(a:focus-visible) { a:focus-visible { top: 0 } }",
        "a { padding: max(1px, env(safe-area-inset-top)); width: clamp(1px, 2vw, 3px) }",
        "a { -webkit-mask-image: url(x.svg); mask-image: url(x.svg) }", "a:not(b) { top: 0 }",
        "a { margin-inline-start: 3px; color: rgb(0 0 0 / 50%) }",
        "a::before { content: '\\2713' }",
        "@media (prefers-reduced-motion: reduce) { a { transition: none } }",
        ":root { --gap: 4px } a { transform: rotate(3deg) }",
        "@media print { a { display: none } }",
    ],
)  # fmt: skip
def test_a_style_of_the_floor_passes(source: str) -> None:
    assert not [what for _line, what in floor_styles.faults(source)]
