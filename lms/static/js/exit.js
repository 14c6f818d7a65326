// Leaving at once: cover the screen, stop all sound, forget where she was, show a calculator.
// The server is told, but nothing waits for it. Without this script the button is a plain form.

const form = document.getElementById("exit");
let hasLeft = false;

export function leave() {
  hasLeft = true;
  cover();
  document.dispatchEvent(new Event("leaving"));
  hush();
  if (navigator.sendBeacon) navigator.sendBeacon(form.action);
  location.replace(form.dataset.to);
}

function cover() {
  if (document.querySelector(".cover")) return;
  const sheet = document.createElement("div");
  sheet.className = "cover";
  document.body.appendChild(sheet);
  document.title = "";
}

// The source goes too, or the phone keeps a media notice with a play button.
function hush() {
  for (const media of document.querySelectorAll("video, audio")) {
    media.pause();
    media.removeAttribute("poster");
    media.removeAttribute("src");
    media.textContent = "";
    media.load();
  }
  if (navigator.mediaSession) navigator.mediaSession.metadata = null;
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  let shifts = [];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    shifts = event.key === "Shift" ? shifts.filter((at) => event.timeStamp - at < 5000) : [];
    if (event.key === "Shift") shifts.push(event.timeStamp);
    if (shifts.length === 3) leave();
  });

  // Brought back from the browser's memory after leaving: cover again, and go.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && hasLeft) leave();
  });
}
