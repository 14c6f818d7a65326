// What every learner's page does: it moves without leaving a trail, shows or hides words, lends its
// ear, and says what waits to be sent.

import "./exit.js";

const root = document.documentElement;
root.classList.add("js");

// A move replaces the entry in the browser's history. Who must keep something first (the player)
// puts a promise into the event's list; a move never waits for it longer than 400 ms.
export function move(address) {
  const waits = [];
  document.dispatchEvent(new CustomEvent("moving", { detail: waits }));
  const go = () => location.replace(address);
  if (!waits.length) return go();
  const late = new Promise((resolve) => setTimeout(resolve, 400));
  return Promise.race([Promise.all(waits), late]).then(go, go);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || link.target) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin) return;
  event.preventDefault();
  move(link.href);
});

// Help is a panel over the page: a tap beside it, or Escape, closes it.
const help = document.querySelector(".help");
function closeHelp(event) {
  const isAway = event.type === "keydown" ? event.key === "Escape" : !help.contains(event.target);
  if (help.open && isAway) help.open = false;
}
if (help) {
  document.addEventListener("click", closeHelp);
  document.addEventListener("keydown", closeHelp);
}

const words = document.getElementById("words");
function showWords(areOn) {
  root.classList.toggle("no-words", !areOn);
  if (words) words.setAttribute("aria-pressed", String(areOn));
}
showWords(remembered("words") !== "off");
if (words) {
  words.addEventListener("click", () => {
    const areOn = root.classList.contains("no-words");
    showWords(areOn);
    remember("words", areOn ? "on" : "off");
  });
}

// The ear says what stands on the page, then its controls. It is there when there is a clip.
const ear = document.getElementById("ear");
function spoken() {
  const parts = ["main", ".bottom", ".top"].map((place) =>
    Array.from(document.querySelectorAll(`${place} [data-clip]`))
  );
  return [].concat(...parts).filter((one) => one.getClientRects().length > 0);
}
function lendEar() {
  if (ear) ear.classList.toggle("away", spoken().length === 0);
}
if (ear) {
  lendEar();
  document.addEventListener("shown", lendEar);
  ear.addEventListener("click", async () => (await import("./speaking.js")).say(spoken()));
}

// What waits to be sent is looked for only where something was once recorded.
const waiting = document.getElementById("waiting");
if (waiting && remembered("waiting") === "yes") showWaiting();
async function showWaiting() {
  const outbox = await import("./outbox.js");
  const show = async () => {
    const count = await outbox.waiting();
    waiting.hidden = count === 0;
    waiting.querySelector("b").textContent = String(count);
    remember("waiting", count ? "yes" : "no");
  };
  await show();
  await outbox.send();
  await show();
}

// A visitor who has signed in is asked once whether to keep what she did.
const visited = document.getElementById("visited");
if (visited && remembered("visited") === "yes") {
  import("./keeping.js").then((keeping) => keeping.offer(visited));
}

// A page that shows her home says who is signed in; any other but a lesson or quiz may be where
// somebody else signs in: what a tab of this browser believed before then no longer holds.
if (visited) tab("whose", { person: visited.dataset.person, signing: signing() });
else if (!document.getElementById("document")) remember("signing", String(Math.random()));
export function signing() {
  return remembered("signing");
}

// What this tab alone remembers, as JSON: read, or written where a value is given.
export function tab(name, value) {
  try {
    if (value === undefined) return JSON.parse(sessionStorage.getItem(name));
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch (error) {
    // It is forgotten with the page.
  }
  return null;
}

// Storage can be switched off in a browser; a preference is then forgotten, nothing more.
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch (error) {
    return null;
  }
}
export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch (error) {
    // It stays for this page only.
  }
}
