// Marking a practice quiz on the device. The twin of lms/quizzes/marking.py: both run the cases of
// tests/cases/marking.json. An answer is {choices: [keys]} or {number: whole, smallest unit}.

export function mark(question, answer) {
  if (question.kind === "number") {
    return { is_right: isNear(question, answer), said_by: null };
  }
  const chosen = new Set(answer.choices || []);
  const right = question.choices.filter((choice) => choice.is_right);
  const isRight =
    !isNumber(answer) && chosen.size === right.length && right.every((c) => chosen.has(c.key));
  return { is_right: isRight, said_by: saidBy(question, chosen, isRight) };
}

// Marks an attempt from [question key, answer] pairs in the order they were given.
export function markAttempt(quiz, answers) {
  const questions = new Map(quiz.questions.map((question) => [question.key, question]));
  const first = new Map();
  const ever = new Set();
  for (const [key, answer] of answers) {
    if (!questions.has(key)) continue;
    const isRight = mark(questions.get(key), answer).is_right;
    if (!first.has(key)) first.set(key, isRight);
    if (isRight) ever.add(key);
  }
  const keys = quiz.questions.map((question) => question.key);
  const atOnce = new Set(keys.filter((key) => first.get(key) === true));
  const counted = quiz.kind === "exam" ? atOnce : ever;
  const needed = neededToPass(quiz);
  return {
    asked: keys.length,
    answered: keys.filter((key) => first.has(key)),
    right: keys.filter((key) => counted.has(key)),
    right_at_once: atOnce.size,
    needed: needed,
    is_passed: counted.size >= needed,
    is_ended: (quiz.kind === "practice" ? counted.size : first.size) === keys.length,
  };
}

export function neededToPass(quiz) {
  return Math.ceil((quiz.questions.length * quiz.pass_percent) / 100);
}

function isNumber(answer) {
  return answer.number !== undefined && answer.number !== null;
}

function isNear(question, answer) {
  if (!question.number || !isNumber(answer) || (answer.choices || []).length) return false;
  return Math.abs(answer.number - question.number.value) <= question.number.tolerance;
}

// The choice that explains most: what was wrongly chosen, then what was missed.
function saidBy(question, chosen, isRight) {
  const hit = question.choices.filter((c) => chosen.has(c.key) && (isRight || !c.is_right));
  const missed = question.choices.filter((c) => !chosen.has(c.key) && c.is_right);
  const wanted = isRight || !chosen.size ? hit : hit.concat(missed);
  const speaks = wanted.filter((choice) => Object.keys(choice.feedback).length);
  return speaks.length ? speaks[0].key : null;
}
