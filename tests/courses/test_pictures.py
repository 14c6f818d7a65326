"""A picture is what its name says, and whole: real files of every kind, cut at every place."""

import io

import pytest
from PIL import Image

from lms.courses.pictures import NoPictureError, check_picture

KINDS = {
    "png": ("PNG", {}), "jpg": ("JPEG", {}), "webp": ("WEBP", {}),
    "webp lossless": ("WEBP", {"lossless": True}), "jpg progressive": ("JPEG", {"progressive": 1}),
    "webp with exif": ("WEBP", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"}),
}


def picture(kind: str, width: int = 37, height: int = 21) -> bytes:
    """A real file of this kind."""
    form, options = KINDS[kind]
    out = io.BytesIO()
    gradient = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    gradient.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_are_read(kind: str) -> None:
    assert check_picture(picture(kind), kind.split()[0]) == (37, 21)


@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_picture_is_refused(kind: str) -> None:
    whole = picture(kind)
    for length in range(0, len(whole) - 2, max(1, len(whole) // 50)):
        with pytest.raises(NoPictureError):
            check_picture(whole[:length], kind.split()[0])


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_name_is_refused(kind: str) -> None:
    for ending in {"png", "jpg", "webp", "svg", "gif"} - {kind.split()[0]}:
        with pytest.raises(NoPictureError):
            check_picture(picture(kind), ending)


@pytest.mark.parametrize("kind", KINDS)
def test_a_huge_picture_is_refused(kind: str) -> None:
    with pytest.raises(NoPictureError):
        check_picture(picture(kind, 5000, 2), kind.split()[0])
