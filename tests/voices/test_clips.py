"""Words on the screen become small clips that any phone plays."""

import io

import av
import pytest

from lms.voices.clips import clips_of
from lms.voices.synthesising import NoVoiceError


def test_each_text_becomes_a_small_mono_mp3() -> None:
    clips = clips_of(["¿Qué botón toca para contestar?", "Verde"], "es")
    assert len(clips) == 2
    for clip in clips:
        with av.open(io.BytesIO(clip)) as sound:
            stream = sound.streams.audio[0]
            assert stream.codec_context.name in ("mp3", "mp3float")
            assert stream.codec_context.layout.name == "mono"
    assert len(clips[1]) < len(clips[0]) < 12_000


def test_the_same_words_are_the_same_bytes_wherever_they_stand() -> None:
    first, second, again = clips_of(["Sí", "Rosa teje mantas en su casa.", "Sí"], "es")
    assert first == again != second
    assert clips_of(["Rosa teje mantas en su casa."], "es") == [second]


def test_no_words_are_no_clips() -> None:
    assert clips_of([], "es") == []


def test_a_language_without_a_voice_is_said() -> None:
    with pytest.raises(NoVoiceError):
        clips_of(["Saqarik"], "quc")
