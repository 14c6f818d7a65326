// Which seconds of a recording were really played: pieces of playing time become whole seconds.
// Seeking is not playing; playing faster or slower is.

const SLACK = 0.4; // seconds lost at each edge, since a browser reports its place four times a second

// note(place, rate, isMoving, at): the recording stands at `place` seconds; `at` is a steady clock
// in ms. jumped(): the place changed without playing. take(): whole seconds [from, to) since the
// last take.
export function counter() {
  let spans = [];
  let last = null;

  function note(place, rate, isMoving, at) {
    if (last && place > last.place) {
      const most = ((at - last.at) / 1000) * rate + SLACK;
      if (place - last.place <= most) add(last.place, place);
    }
    last = isMoving ? { place: place, at: at } : null;
  }

  function jumped() {
    last = null;
  }

  function add(from, to) {
    const open = spans[spans.length - 1];
    if (open && from >= open[0] && from - open[1] <= SLACK) open[1] = Math.max(open[1], to);
    else spans.push([from, to]);
  }

  // The last piece stays open where it ended, so that what follows can fill its second.
  function take() {
    const whole = [];
    let open = null;
    for (const [from, to] of spans) {
      const begin = Math.max(0, Math.ceil(from - SLACK));
      const end = Math.floor(to + SLACK);
      if (end > begin) whole.push([begin, end]);
      open = [end > begin ? Math.min(end, to) : from, to];
    }
    spans = open ? [open] : [];
    return whole;
  }

  return { note: note, jumped: jumped, take: take };
}
