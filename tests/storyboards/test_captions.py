"""What is said becomes captions that can be read in time."""

import pytest

from lms.storyboards.captions import SpokenLine, sentences, webvtt


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Rosa teje. Sus mantas son lindas.", ["Rosa teje.", "Sus mantas son lindas."]),
        ("¿Quién será? ¡Carmen!", ["¿Quién será?", "¡Carmen!"]),
        ("Juana nin: Allinmi.", ["Juana nin:", "Allinmi."]),
        ("Cuesta S/ 8.50 hoy.", ["Cuesta S/ 8.50 hoy."]),
        ("Escuche: luego toque.", ["Escuche: luego toque."]),
        ("Ñawpaqta waqyay. Ñuqa rini.", ["Ñawpaqta waqyay.", "Ñuqa rini."]),
    ],
)
def test_sentences(words: str, parts: list[str]) -> None:
    assert sentences(words) == parts


def test_a_caption_stands_while_its_sentence_sounds() -> None:
    text = webvtt([SpokenLine(0.7, 2.05, "Rosa teje."), SpokenLine(3661.5, 3662, "Fin <3 & ya.")])
    assert text == (
        "WEBVTT\n\n00:00:00.700 --> 00:00:02.050\nRosa teje.\n"
        "\n01:01:01.500 --> 01:01:02.000\nFin &lt;3 &amp; ya.\n"
    )


def test_a_long_sentence_is_cut_between_words_without_a_gap() -> None:
    words = " ".join(["palabra"] * 30)
    lines = webvtt([SpokenLine(0, 12, words)]).splitlines()
    times = [line.split(" --> ") for line in lines if "-->" in line]
    assert len(times) == 3
    assert [begin for begin, _ in times][1:] == [end for _, end in times][:-1]
    assert times[-1][1] == "00:00:12.000"
    said = [line for line in lines if line.startswith("palabra")]
    assert " ".join(said) == words
    assert max(map(len, said)) <= 44
