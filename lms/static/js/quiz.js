// The quiz: one question a screen, choosing and confirming are two taps. A practice is marked here;
// a wrong answer leads to the moment of the video that explains it, and to another try.

import { attemptToContinue, emptyState, join, mayStart } from "./fold.js";
import { mark } from "./marking.js";
import { moment } from "./moment.js";
import { keepDeed, ownState, withWaiting } from "./own.js";
import { pad } from "./pads.js";
import { arrange, seedOf } from "./shuffling.js";
import { play } from "./speaking.js";

const carrier = document.getElementById("document");
const page = JSON.parse(carrier.textContent);
const lesson = page.lesson;
const quiz = page.quiz;
const confirm = document.getElementById("confirm");
const forms = new Map(
  Array.from(document.querySelectorAll("form.question")).map((form) => [form.dataset.key, form])
);
const pads = new Map();

let state = null;
let attempt = null;
let toAsk = [];
let shown = null; // the key of the question on the screen
let stage = "answer"; // what the confirming button does: answer, right, wrong

const theirs = ownState(page.urls.state).then((known) => withWaiting(known, lesson));

// Nothing is asked twice: an attempt that is open goes on where it stopped.
function begin(known) {
  const going = attemptToContinue(known, lesson);
  if (!going && !mayStart(known, lesson)) {
    document.getElementById("no-more").hidden = false;
    return;
  }
  attempt = going ? going.uuid : randomUuid();
  const done = new Set(going ? (quiz.kind === "exam" ? going.answered : going.right_keys) : []);
  const arranged = arrange(quiz, seedOf(attempt));
  for (const [key, choices] of arranged) prepare(forms.get(key), choices);
  toAsk = arranged.map(([key]) => key).filter((key) => !done.has(key));
  ask();
}

function prepare(form, choices) {
  const grid = form.querySelector(".choices");
  if (grid) {
    for (const key of choices) grid.append(grid.querySelector(`[data-key="${key}"]`));
    form.addEventListener("change", ready);
  } else {
    pads.set(form.dataset.key, pad(form.querySelector("output"), form.querySelector("[role=group]"), ready));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!confirm.disabled) confirm.click();
  });
  for (const button of form.querySelectorAll("[data-hear]")) {
    button.addEventListener("click", async () => {
      (await import("./speaking.js")).say([button.closest("[data-clip]")]);
    });
  }
}

function ask() {
  if (shown) forms.get(shown).hidden = true;
  if (!toAsk.length) return finish();
  shown = toAsk[0];
  const form = forms.get(shown);
  form.hidden = false;
  form.reset();
  form.classList.remove("marked", "looking");
  for (const choice of form.querySelectorAll(".chosen")) choice.classList.remove("chosen");
  if (pads.has(shown)) pads.get(shown).clear();
  setStage("answer");
  drawSteps();
  form.querySelector(".ask").focus();
  document.dispatchEvent(new Event("shown"));
}

function drawSteps() {
  const steps = document.getElementById("steps");
  const total = quiz.questions.length;
  const at = total - toAsk.length + 1;
  steps.setAttribute("aria-label", steps.dataset.words.replace("{done}", Math.min(at, total)).replace("{total}", total));
  const knots = steps.querySelectorAll("svg");
  const models = ["tied", "half", "empty"].map((name) => document.getElementById(`knot-${name}`));
  if (!knots.length) steps.firstElementChild.textContent = `${Math.min(at, total)}/${total}`;
  knots.forEach((knot, place) => {
    const model = models[place + 1 < at ? 0 : place + 1 === at ? 1 : 2];
    knot.innerHTML = model.firstElementChild.innerHTML;
  });
}

function given() {
  if (pads.has(shown)) {
    const number = pads.get(shown).value();
    return number === null ? null : { number: number };
  }
  const chosen = Array.from(forms.get(shown).querySelectorAll(":checked"));
  return chosen.length ? { choices: chosen.map((one) => one.value) } : null;
}

function ready() {
  confirm.disabled = stage === "answer" && (shown === null || given() === null);
}

function setStage(now) {
  stage = now;
  for (const id of ["right", "wrong", "sent"]) document.getElementById(id).hidden = id !== now;
  confirm.dataset.stage = now === "sent" ? "right" : now;
  ready();
}

confirm.addEventListener("click", () => {
  if (stage !== "answer") {
    if (stage !== "wrong") toAsk.shift();
    return ask();
  }
  const answer = given();
  const question = quiz.questions.find((one) => one.key === shown);
  keep(Object.assign({ attempt: attempt, question: shown }, answer));
  const form = forms.get(shown);
  form.classList.add("marked");
  for (const one of form.querySelectorAll(":checked")) one.closest(".choice").classList.add("chosen");
  if (quiz.kind === "exam") return setStage("sent");
  const result = mark(question, answer);
  tell(question, result);
});

function tell(question, result) {
  const name = result.is_right ? "right" : "wrong";
  const choice = question.choices.find((one) => one.key === result.said_by);
  const said = choice && Object.keys(choice.feedback).length ? choice.feedback : question.feedback[name];
  setStage(name);
  document.querySelector(`#${name} [data-feedback]`).textContent = inLanguage(said);
  play(carrier.dataset[name]);
  if (result.is_right) return;
  for (const one of forms.get(shown).querySelectorAll(".chosen")) one.classList.add("tried");
  moment(question.explained_at[page.language], rungs(), () => forms.get(shown).classList.add("looking"));
}

function rungs() {
  return page.rungs || (state && state.rungs && state.rungs[page.language]) || [];
}

function inLanguage(texts) {
  const chain = (page.chain || [page.language]).concat(Object.keys(texts || {}));
  const tag = chain.find((one) => texts && texts[one]);
  return tag ? texts[tag] : "";
}

let keeping = Promise.resolve();
function keep(data) {
  keeping = keeping.catch(() => {}).then(async () => {
    const fields = {
      lesson: lesson.uuid, version: page.version,
      original: page.original, language: page.language, data: data,
    };
    theirs.then(() => (state = join(state, Object.assign({ verb: "answered" }, fields), lesson)));
    await keepDeed("answered", fields);
  });
}

// The finish is drawn by the centre: what she did must be there before she is.
async function finish() {
  shown = null;
  setStage("answer");
  drawSteps();
  document.getElementById("done").hidden = false;
  await keeping.catch(() => {}); // what cannot be kept must not hold her here
  await (await import("./outbox.js")).send(4000);
  location.replace(page.urls.finish);
}

// crypto.randomUUID is absent on plain http, where a hub may be.
function randomUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

theirs.then((known) => (state = known));
const late = new Promise((resolve) => setTimeout(() => resolve(emptyState()), 1500));
document.addEventListener("moving", (event) => event.detail.push(keeping));
// Whether a limited exam may begin only the centre knows.
const isLimited = quiz.kind === "exam" && quiz.attempt_limit;
(isLimited ? theirs : Promise.race([theirs, late])).then(begin);
