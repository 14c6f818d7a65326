"""A language with a synthesiser becomes sound; one without says so in words."""

import array
import dataclasses
import wave
from pathlib import Path

import espeakng_loader
import pytest

from lms.core import i18n
from lms.voices import synthesising
from lms.voices.synthesising import NoVoiceError, speak, speak_all


def samples_of(path: Path) -> array.array:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return array.array("h", file.readframes(file.getnframes()))


def seconds_of(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


@pytest.mark.parametrize(
    ("tag", "text"),
    [("es", "Buenos días, señora Rosa."), ("quz", "Allillanchu, mamay."), ("quy", "Allillanchu.")],
)
def test_each_language_of_the_house_can_be_heard(tag: str, text: str, tmp_path: Path) -> None:
    speak(text, tag, tmp_path / "said.wav")
    assert 0.4 < seconds_of(tmp_path / "said.wav") < 4
    assert max(samples_of(tmp_path / "said.wav")) > 3000


def test_no_silence_is_left_around_the_words(tmp_path: Path) -> None:
    speak("Rosa teje.", "es", tmp_path / "said.wav")
    samples = samples_of(tmp_path / "said.wav")
    assert samples[0] != 0
    assert samples[-1] != 0


def test_the_same_words_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.wav", "two.wav"):
        speak("Primero llame, después camine.", "es", tmp_path / name)
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()


def test_clips_of_one_order_do_not_run_into_each_other(tmp_path: Path) -> None:
    speak_all([("Sí.", tmp_path / "short.wav"), ("Rosa teje hoy.", tmp_path / "long.wav")], "es")
    speak("Rosa teje hoy.", "es", tmp_path / "alone.wav")
    assert (tmp_path / "long.wav").read_bytes() == (tmp_path / "alone.wav").read_bytes()
    assert seconds_of(tmp_path / "long.wav") > seconds_of(tmp_path / "short.wav")


def test_words_without_a_sound_are_an_empty_clip(tmp_path: Path) -> None:
    speak("...", "es", tmp_path / "nothing.wav")
    assert len(samples_of(tmp_path / "nothing.wav")) == 0


def test_an_unknown_language_names_the_missing_file(tmp_path: Path) -> None:
    with pytest.raises(NoVoiceError, match=r"translations/quc/language\.toml"):
        speak("Saqarik.", "quc", tmp_path / "said.wav")
    assert not (tmp_path / "said.wav").exists()


def give_spanish_the_voice(monkeypatch: pytest.MonkeyPatch, voice: str | None) -> None:
    known = dict(i18n.languages())
    known["es"] = dataclasses.replace(known["es"], voice=voice)
    monkeypatch.setattr(synthesising, "languages", lambda: known)


def test_a_language_without_a_synthesiser_asks_for_a_recording(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    give_spanish_the_voice(monkeypatch, None)
    with pytest.raises(NoVoiceError, match="a person's recording"):
        speak("Hola.", "es", tmp_path / "said.wav")


def test_a_voice_the_synthesiser_does_not_know_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    give_spanish_the_voice(monkeypatch, "no-such-voice")
    with pytest.raises(NoVoiceError, match="no-such-voice"):
        speak("Hola.", "es", tmp_path / "said.wav")


def test_speech_works_from_a_deep_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    (deep / "data").symlink_to(espeakng_loader.get_data_path())
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(deep / "data"))
    speak("Hola.", "es", tmp_path / "said.wav")
    assert seconds_of(tmp_path / "said.wav") > 0.2


def test_the_library_is_never_loaded_into_our_own_process(tmp_path: Path) -> None:
    speak("Hola.", "es", tmp_path / "said.wav")
    assert "libespeak" not in Path("/proc/self/maps").read_text()
