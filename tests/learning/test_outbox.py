"""The outbox in a real browser: nothing is lost, numbered twice, or sent before she says so."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from lms.records.statements import read_statement
from lms.records.vocabulary import Verb
from tests.cases import twins
from tests.learning.school import OURS, in_version, publish

# A centre that answers as `fate` says and keeps what it was sent.
PRELUDE = """
const sent = []; let fate = "taken"; let line = true; let status = 200;
self.fetch = async (url, order) => {
  if (!line) throw new TypeError("no line");
  const batch = JSON.parse(order.body);
  sent.push(Object.assign({ url, keepalive: Boolean(order.keepalive) }, batch));
  const answers = batch.statements.map((one) => ({ id: one.id, is: fate, why: "because" }));
  return { ok: status === 200, json: async () => ({ received_at: Date.now(), answers }) };
};
const { record, send, waiting, refused } = await import("/js/outbox.js");
const { visited, keep, forget } = await import("/js/visiting.js");
const her = "6f1c9d5e-0a4b-4c3d-9e2f-000000000001";
const lesson = "00000000-0000-5000-8000-000000000001";
const saw = (more) => record("progressed", Object.assign({ actor: her, lesson, version: lesson,
  original: "ab".repeat(32), rung: null, language: "es", data: { seen: [[0, 5]] } }, more));
"""


def played(script: str, before: str = "") -> Any:
    """What the script returns in a page with the outbox and that centre."""
    return twins.run(before + PRELUDE + script)


def test_what_is_recorded_is_kept_numbered_and_sent_once() -> None:
    found = played("""
      const made = await Promise.all([saw(), saw(), saw({ language: undefined })]);
      const before = await waiting();
      const isDone = await send();
      return { made, before, isDone, after: await waiting(), sent };
    """)
    assert (found["before"], found["isDone"], found["after"]) == (3, True, 0)
    assert [one["seq"] for one in found["made"]] == [1, 2, 3]
    (batch,) = found["sent"]
    assert batch["url"] == "/statements"
    assert batch["statements"] == found["made"]
    for one in batch["statements"]:
        assert read_statement(one)[1] is Verb.progressed
        assert "rung" not in one


def test_without_a_line_everything_waits_and_goes_later() -> None:
    found = played("""
      line = false;
      await saw();
      const first = await send();
      line = true; status = 503;
      const second = await send();
      const kept = await waiting();
      status = 200;
      return { first, second, kept, third: await send(), after: await waiting() };
    """)
    assert found == {"first": False, "second": False, "kept": 1, "third": True, "after": 0}


@pytest.mark.parametrize("fate", ["taken", "known", "erased", "disputed", "refused"])
def test_every_answer_is_a_receipt(fate: str) -> None:
    found = played("""
      let told = 0; self.addEventListener("refused", (event) => { told += event.detail.length; });
      await saw(); fate = "%s"; await send();
      return { waiting: await waiting(), refused: (await refused()).map((one) => one.why), told };
    """ % fate)  # noqa: UP031  # the script is full of braces
    bad = fate == "refused"
    assert found == {"waiting": 0, "refused": ["because"] if bad else [], "told": int(bad)}


def test_many_statements_go_in_batches() -> None:
    found = played("""
      for (let n = 0; n < 230; n += 1) await saw();
      await send(60000);
      return { sizes: sent.map((one) => one.statements.length), after: await waiting() };
    """)
    assert (sum(found["sizes"]), found["after"]) == (230, 0)
    assert max(found["sizes"]) <= 200


def test_when_the_page_goes_a_last_try_outlives_it() -> None:
    found = played("""
      await saw(); await saw();
      self.dispatchEvent(new Event("pagehide"));
      return { sent, waiting: await waiting() };
    """)
    assert [len(one["statements"]) for one in found["sent"] if one["keepalive"]] == [2]
    assert found["waiting"] == 2  # no answer was heard, so they are kept


def test_another_page_knows_what_the_first_one_wrote() -> None:
    found = played("""
      line = false;
      await saw();
      const again = await import("/js/outbox.js?again");
      const next = await again.record("initialized", { actor: her, lesson, version: lesson });
      line = true;
      await again.send();
      return { seq: next.seq, sent, waiting: await waiting() };
    """)
    assert (found["seq"], found["waiting"]) == (2, 0)
    assert {one["device"] for one in found["sent"]} == {found["sent"][0]["device"]}


def test_without_a_store_it_still_sends() -> None:
    found = played(
        "await saw(); await saw(); const n = await waiting(); await send();"
        "return { n, sent, after: await waiting() };",
        before='Object.defineProperty(self, "indexedDB", { value: undefined });',
    )
    assert (found["n"], found["after"]) == (2, 0)
    assert [one["seq"] for batch in found["sent"] for one in batch["statements"]] == [1, 2]


def test_a_visitor_is_not_sent_before_she_says_so() -> None:
    found = played("""
      await saw({ actor: null });
      const own = await saw();
      await send();
      const early = sent.flatMap((one) => one.statements.map((each) => each.seq));
      const hers = await visited(lesson);
      await keep(her);
      const late = sent[sent.length - 1].statements;
      await saw({ actor: null });
      const another = (await visited())[0].actor;
      await forget();
      return { early, own: own.seq, hers, late, another, left: await visited() };
    """)
    assert found["early"] == [found["own"]]
    visitor = found["hers"][0]["actor"]
    assert [one["verb"] for one in found["late"]] == ["progressed", "joined"]
    assert found["late"][0] == found["hers"][0]
    assert (found["late"][1]["actor"], found["late"][1]["target"][:8]) == (visitor, "6f1c9d5e")
    assert found["another"] != visitor
    assert found["left"] == []


def test_a_deed_before_the_state_arrives_once_for_her_alone() -> None:
    found = played("""
      const post = self.fetch; let who = null;
      self.fetch = async (url, order) => {
        if (url !== "/state") return post(url, order);
        if (!who) throw new TypeError("no line");
        return { ok: true, json: async () => ({ person: who, visitor: false }) };
      };
      document.body.innerHTML = '<i id="visited" data-person="' + her + '"></i>';
      await import("/js/page.js");
      const first = await import("/js/own.js");
      first.ownState("/state");
      await first.keepDeed("progressed", { lesson, version: lesson, data: { seen: [[0, 5]] } });
      await send();
      const early = [await waiting(), (await visited()).length, sent.length];
      who = "6f1c9d5e-0a4b-4c3d-9e2f-000000000002";
      await (await import("/js/own.js?other")).ownState("/state");
      await send();
      const others = sent.length;
      who = her;
      await (await import("/js/own.js?again")).ownState("/state");
      await send(); await send();
      return { early, others, actors: sent.flatMap((b) => b.statements.map((s) => s.actor)), her };
    """)
    assert (found["early"], found["others"]) == ([0, 0, 0], 0)
    assert found["actors"] == [found["her"]]


def test_what_a_visitor_keeps_becomes_hers_at_the_centre(
    client: FlaskClient, world: Any, signed_in: Any
) -> None:
    course = publish(is_open=True)
    one = in_version(course, "uno")
    batches = twins.run(PRELUDE + """
      for (const seen of [[[0, 60]], [[60, 100]]]) {
        await record("progressed", { lesson: given.lesson, version: given.version,
          original: given.original, language: "es", data: { seen } });
      }
      await keep(given.person);
      return sent;
    """, {"lesson": str(one.uuid), "version": str(course.version),
          "original": one.videos["es"].original, "person": str(world.rosa.uuid)})
    signed_in(client, world.rosa)
    for batch in batches:
        order = {name: batch[name] for name in ("device", "secret", "now", "statements")}
        answer = client.post("/statements", json=order, headers=OURS)
        assert [each["is"] for each in answer.json["answers"]] == ["taken"] * 3
    state = client.get(f"/l/{one.short}/state").json
    assert state["progress"]["is_watched"]
