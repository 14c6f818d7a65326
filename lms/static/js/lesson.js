// The lesson's page: her own state is fetched and filled into the document that is the same for
// all, and the seconds that she plays become statements.

import { keepDeed, ownState, withWaiting } from "./own.js";
import { remember, remembered } from "./page.js";
import { player } from "./player.js";

const page = JSON.parse(document.getElementById("document").textContent);
const video = document.getElementById("video");
const onward = document.getElementById("onward");
const EVERY = 30000; // ms; a statement of what was played since the last one

let state = null;
const theirs = ownState(page.urls.state).then(show);

function show(now) {
  state = now;
  const lack = state.missing || { seconds: 0, questions: 0 };
  document.getElementById("missing").textContent = inWords(lack);
  if (video) drawSeen();
  onward.href = (lack.questions && page.urls.quiz) || page.urls.finish;
  if (!lack.seconds) makeMain(onward);
  return state;
}

function inWords(lack) {
  const texts = document.getElementById("missing").dataset;
  const some = (name, n) => texts[n === 1 ? `${name}-1` : name].replace("{n}", n);
  const minutes = Math.ceil(lack.seconds / 60);
  const clip = lack.seconds >= 60 ? some("minute", minutes) : some("second", lack.seconds);
  const asked = some("question", lack.questions);
  const frame = lack.seconds && lack.questions ? texts.both : lack.seconds ? texts.video : texts.questions;
  if (!lack.seconds && !lack.questions) return "";
  return frame.replace("{video}", clip).replace("{questions}", asked);
}

// One main colour a screen: it moves from play to onward when the video is seen.
function makeMain(control) {
  for (const other of document.querySelectorAll(".main")) other.classList.remove("main");
  control.classList.add("main");
}

function drawSeen() {
  const spans = (state && page.original && state.progress.seen[page.original]) || [];
  const whole = page.seconds || 1;
  const parts = spans.map(([from, to]) => rect((from / whole) * 100, ((to - from) / whole) * 100, "chillca"));
  parts.push(rect((video.currentTime / whole) * 100 - 0.7, 1.4, "cochineal"));
  document.querySelector("#seen svg").replaceWith(canvas(parts));
}

function canvas(parts) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 100 10");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.append(...parts);
  return svg;
}

function rect(x, width, dye) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  one.setAttribute("x", x);
  one.setAttribute("width", width);
  one.setAttribute("height", 10);
  one.setAttribute("class", dye);
  return one;
}

// The modules that keep statements come after the first frame: they must not delay it.
async function note(verb, data) {
  const rung = running.rung(); // before anything is awaited: she may change it
  const fields = {
    lesson: page.lesson.uuid, version: page.version,
    original: page.original, language: page.language, rung: rung, data: data,
  };
  await keepDeed(verb, fields);
  Promise.all([import("./fold.js"), theirs]).then(([fold]) =>
    show(fold.join(state, Object.assign({ verb: verb }, fields), page.lesson))
  );
}

// What waits on this device is hers as well.
async function joinWaiting() {
  await theirs;
  show(await withWaiting(state, page.lesson));
}

function noteSeconds() {
  const seen = running.take();
  return seen.length ? note("progressed", { seen: seen }) : Promise.resolve();
}

let running = null;
if (video) {
  running = player(video, page.rungs);
  video.addEventListener("playing", () => note("initialized", {}), { once: true });
  video.addEventListener("loadeddata", joinWaiting, { once: true });
  for (const name of ["pause", "ended"]) video.addEventListener(name, noteSeconds);
  video.addEventListener("timeupdate", drawSeen);
  setInterval(noteSeconds, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden && noteSeconds());
  document.addEventListener("moving", (event) => event.detail.push(noteSeconds()));
  document.addEventListener("leaving", noteSeconds);

  const choices = document.getElementById("rungs");
  choices.addEventListener("change", (event) => {
    noteSeconds();
    remember("rung", event.target.value);
    running.choose(event.target.value);
  });
  video.addEventListener("stepdown", () => {
    choices.querySelector(`[value="${running.rung()}"]`).checked = true;
    document.getElementById("stalled").hidden = false;
  });
  // Who chose sound only, to spend less, gets it again; nothing larger starts by itself.
  if (remembered("rung") === "audio" && choices.querySelector('[value="audio"]')) {
    choices.querySelector('[value="audio"]').checked = true;
    running.choose("audio");
  }
}

// The finish is drawn by the centre: what she did must be there before she is.
onward.addEventListener("click", async (event) => {
  if (!onward.href.endsWith(page.urls.finish)) return;
  event.preventDefault();
  if (running) await noteSeconds();
  const outbox = await import("./outbox.js");
  await outbox.send(4000);
  location.replace(page.urls.finish);
});
