// One sound at a time: clips, the short tunes, and any video on the page give way to each other.

const voice = new Audio();
let turn = 0;

// Speaks the clips of these elements one after another, and shows which one is speaking.
export async function say(elements) {
  const mine = (turn += 1);
  hushVideos();
  for (const element of elements) {
    if (mine !== turn) return;
    const place = element.closest(".choice") || element;
    place.classList.add("speaking");
    await played(element.dataset.clip, 1);
    place.classList.remove("speaking");
  }
}

// A tune of ours, quieter than the voice. Browsers without Opus in WebM get MP3.
export function play(tune) {
  turn += 1;
  hushVideos();
  const hasOpus = voice.canPlayType('audio/webm; codecs="opus"');
  return played(hasOpus ? tune : tune.replace(/webm$/, "mp3"), 0.5);
}

export function hush() {
  turn += 1;
  voice.pause();
}

function played(address, volume) {
  return new Promise((resolve) => {
    voice.onended = voice.onerror = voice.onpause = resolve;
    voice.src = address;
    voice.volume = volume;
    voice.play().catch(resolve); // refused before the first tap: silence, and the page goes on
  });
}

function hushVideos() {
  for (const video of document.querySelectorAll("video")) video.pause();
}

document.addEventListener("play", hush, true);
document.addEventListener("leaving", hush);
