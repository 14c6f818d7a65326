"""The page counts the seconds that were really played: not those that were sought over."""

import pytest

from tests.cases import twins

# (name, steps, what is taken); a step is [place, rate, is moving, at ms], "jump" or "take".
CASES = [
    ("nothing", ["take"], [[]]),
    ("ten seconds", [[0, 1, True, 0], *[[n, 1, True, n * 1000] for n in range(1, 11)], "take"],
     [[[0, 10]]]),
    ("half speed",
     [[0, 0.5, True, 0], *[[n / 2, 0.5, True, n * 1000] for n in range(1, 9)], "take"],
     [[[0, 4]]]),
    ("a jump ahead is not played",
     [[0, 1, True, 0], [1, 1, True, 1000], [2, 1, True, 2000], "jump", [30, 1, True, 2100],
      [31, 1, True, 3100], [32, 1, True, 4100], "take"],
     [[[0, 2], [30, 32]]]),
    ("a jump that nobody told of is not played either",
     [[0, 1, True, 0], [1, 1, True, 1000], [40, 1, True, 1250], [41, 1, True, 2250], "take"],
     [[[0, 1], [40, 41]]]),
    ("a pause is not playing",
     [[0, 1, True, 0], [3, 1, False, 3000], [3, 1, True, 60000], [5, 1, True, 62000], "take"],
     [[[0, 5]]]),
    ("a second that is taken in two halves counts once, and only when it is whole",
     [[0, 1, True, 0], [2.5, 1, True, 2500], "take", [3.2, 1, True, 3200], [4, 1, True, 4000],
      "take"],
     [[[0, 2]], [[2, 4]]]),
    ("heard again",
     [[5, 1, True, 0], [8, 1, True, 3000], "take", "jump", [5, 1, True, 3100], [8, 1, True, 6100],
      "take"],
     [[[5, 8]], [[5, 8]]]),
]  # fmt: skip


@pytest.fixture(scope="module")
def taken() -> dict[str, object]:
    found: dict[str, object] = twins.run(
        """const { counter } = await import("/js/seconds.js");
        const results = {};
        for (const [name, steps] of given) {
          const seconds = counter();
          results[name] = [];
          for (const step of steps) {
            if (step === "jump") seconds.jumped();
            else if (step === "take") results[name].push(seconds.take());
            else seconds.note(...step);
          }
        }
        return results;""",
        [[name, steps] for name, steps, _ in CASES],
    )
    return found


@pytest.mark.parametrize(("name", "steps", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_seconds(taken: dict[str, object], name: str, steps: object, wanted: object) -> None:
    assert taken[name] == wanted
