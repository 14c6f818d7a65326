// The video and its large controls. The page's HTML has begun to fetch it before this script runs.
// It steps down a size by itself when the line is slow, and never up.

import { counter } from "./seconds.js";

const ORDER = ["mid", "low", "audio"];

// rungs: [{rung, family, url, mime}]. Returns {rung(), choose(name), take(), place()}; `take` gives
// the whole seconds played since it was last asked.
export function player(video, rungs) {
  const seconds = counter();
  let rung = video.dataset.rung;
  let family = null;
  let stalls = [];
  let patience = 0;
  let isSettled = false; // it has played since it was begun, sought or changed
  let held = null; // the place to go on from while another size is being opened

  video.removeAttribute("controls");
  press("play", () => (video.paused ? start() : video.pause()));
  press("again", () => jump(0));
  press("ten-back", () => jump(Math.max(0, video.currentTime - 10)));
  press("slower", (button) => {
    const isSlow = video.playbackRate < 1;
    video.defaultPlaybackRate = video.playbackRate = isSlow ? 1 : 0.75;
    button.setAttribute("aria-pressed", String(!isSlow));
  });
  video.addEventListener("click", () => (video.paused ? start() : video.pause()));

  const note = () =>
    seconds.note(
      video.currentTime, video.playbackRate,
      !video.paused && !video.seeking && !video.ended, performance.now()
    );
  for (const name of ["timeupdate", "pause", "ended", "playing", "seeked"]) {
    video.addEventListener(name, note);
  }
  // The place has jumped already when a seek is told: what lies between was not played.
  video.addEventListener("seeking", () => {
    seconds.jumped();
    isSettled = false;
  });

  const show = () => document.body.classList.toggle("playing", !video.paused);
  for (const name of ["play", "pause", "ended", "emptied"]) video.addEventListener(name, show);
  show();

  video.addEventListener("waiting", () => {
    if (isSettled) stalled();
    else wait(8000);
  });
  video.addEventListener("playing", () => (isSettled = true));
  for (const name of ["playing", "pause", "ended"]) {
    video.addEventListener(name, () => clearTimeout(patience));
  }
  if (video.readyState < 2) wait(15000);
  video.addEventListener("timeupdate", keepUp);

  function start() {
    const promise = video.play();
    if (promise) promise.catch(() => show()); // refused or replaced: the button says so
  }

  function jump(place) {
    video.currentTime = place;
    start();
  }

  // The third time within half a minute is enough; so is one long wait.
  function stalled() {
    const now = performance.now();
    stalls = stalls.filter((at) => now - at < 30000).concat([now]);
    if (stalls.length > 2) stepDown();
    else wait(4000);
  }

  function wait(milliseconds) {
    clearTimeout(patience);
    patience = setTimeout(() => video.readyState < 3 && !video.paused && stepDown(), milliseconds);
  }

  function stepDown() {
    const lower = ORDER.slice(ORDER.indexOf(rung) + 1).find((name) => best(name));
    stalls = [];
    if (!lower) return;
    choose(lower);
    video.dispatchEvent(new Event("stepdown"));
  }

  // A slow phone that cannot draw the new family gets the old one of the same size.
  function keepUp() {
    if (family === "old" || !video.getVideoPlaybackQuality) return;
    const drawn = video.getVideoPlaybackQuality();
    if (drawn.totalVideoFrames < 90 || drawn.droppedVideoFrames * 2 < drawn.totalVideoFrames) return;
    family = "old";
    if (best(rung)) choose(rung);
  }

  function best(name) {
    const able = rungs.filter((one) => one.rung === name && video.canPlayType(one.mime));
    const wanted = able.filter((one) => one.family === (family || "new"));
    return wanted[0] || able[0];
  }

  // Change the size; the place, the pace and whether it plays stay.
  function choose(name) {
    const source = best(name);
    if (!source) return;
    const isPlaying = !video.paused || held !== null || video.readyState < 2;
    if (held === null) {
      held = video.currentTime;
      video.addEventListener("loadedmetadata", resume, { once: true });
    }
    rung = name;
    isSettled = false;
    seconds.jumped();
    video.textContent = "";
    video.src = source.url;
    video.load();
    if (isPlaying) start();
    wait(15000);
  }

  function resume() {
    video.currentTime = held;
    held = null;
  }

  return {
    rung: () => rung,
    choose: choose,
    take: () => {
      note();
      return seconds.take();
    },
  };
}

function press(name, act) {
  const button = document.querySelector(`[data-act="${name}"]`);
  if (button) button.addEventListener("click", () => act(button));
}
