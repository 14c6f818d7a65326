// The moment of the video that explains a question, played in the place of its button.

const LENGTH = 15; // seconds
const ORDER = ["low", "mid", "audio"];
const button = document.getElementById("look");
const place = button && button.parentNode;

// Offers the moment at `from` seconds; without it, or without a recording, there is no button.
// `begun` is called when she looks.
export function moment(from, rungs, begun) {
  const video = document.createElement("video");
  const source = best(video, rungs);
  place.textContent = "";
  if (from === undefined || !source) return;
  place.append(button);
  button.onclick = () => {
    video.setAttribute("playsinline", "");
    video.src = `${source.url}#t=${from}`;
    video.addEventListener("loadedmetadata", () => (video.currentTime = from), { once: true });
    video.addEventListener("timeupdate", () => {
      if (video.currentTime > from + LENGTH) video.pause();
    });
    video.addEventListener("click", () => (video.paused ? video.play() : video.pause()));
    place.textContent = "";
    place.append(video);
    begun();
    video.play().catch(() => video.setAttribute("controls", ""));
  };
}

function best(video, rungs) {
  const able = rungs.filter((one) => video.canPlayType(one.mime));
  able.sort((a, b) => ORDER.indexOf(a.rung) - ORDER.indexOf(b.rung) || a.family.localeCompare(b.family));
  return able[0];
}
