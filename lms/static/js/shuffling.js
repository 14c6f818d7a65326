// The order of questions and choices from an attempt's seed. The twin of lms/quizzes/shuffling.py:
// both run the cases of tests/cases/shuffling.json.

// The last 32 bits of the attempt's uuid: the first ones of a UUIDv7 are a clock.
export function seedOf(uuid) {
  return parseInt(uuid.slice(-8), 16);
}

// [[question key, [choice keys]]] in the order to show. Thumbs never move.
export function arrange(quiz, seed) {
  const next = mulberry32(seed);
  const arranged = quiz.questions.map((question) => {
    const keys = question.choices.map((choice) => choice.key);
    const moves = quiz.is_shuffled && question.kind !== "yes_no";
    return [question.key, moves ? shuffled(keys, next) : keys];
  });
  return quiz.is_shuffled && quiz.kind === "exam" ? shuffled(arranged, next) : arranged;
}

// The places 0 to n - 1 in a seed's order.
export function order(seed, n) {
  return shuffled(Array.from({ length: n }, (_, place) => place), mulberry32(seed));
}

function mulberry32(seed) {
  let state = seed >>> 0;
  return function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

// Fisher and Yates, from the end. The product stays below 2^53, so nothing is rounded.
function shuffled(items, next) {
  const copy = items.slice();
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor((next() * (last + 1)) / 4294967296);
    const kept = copy[last];
    copy[last] = copy[other];
    copy[other] = kept;
  }
  return copy;
}
