// Progress on the page: what she does is joined to her state at once, as the centre will do later.
// The twin of lms/learning/fold.py and remaining.py: all run the cases of tests/cases/fold.json.
// A state is the JSON of /l/<short>/state; a statement is one as outbox.js records it; a lesson is
// the version document's. Nothing here changes what it is given.

import { markAttempt, neededToPass } from "./marking.js";

export function emptyState() {
  return {
    progress: {
      seen: {}, attempts: [], meetings: {},
      is_watched: false, is_answered: false, took_part: false, is_complete: false,
    },
    missing: { seconds: 0, questions: 0 },
  };
}

// The state with one more statement in it. Statements of one device are joined in order of seq.
export function join(state, statement, lesson) {
  const progress = Object.assign({}, state.progress);
  if (statement.meeting && (statement.actor_kind === "group" || statement.verb === "attended")) {
    progress.meetings = noteMeeting(progress.meetings || {}, statement);
  } else if (statement.verb === "progressed") {
    progress.seen = noteSeen(progress.seen, statement, lesson);
  } else if (statement.verb === "answered") {
    progress.attempts = noteAnswer(progress.attempts, statement, lesson);
  }
  const joined = Object.assign({}, state, { progress: progress });
  if (lesson) {
    judge(progress, lesson);
    joined.missing = missing(joined, lesson);
  }
  return joined;
}

// What the lesson still asks of her: {seconds, questions, needs_meeting}. Of the videos, the one
// that lacks least among those she began and the one before her (`state.original`).
export function missing(state, lesson) {
  const progress = state.progress;
  if (progress.is_complete) return { seconds: 0, questions: 0, needs_meeting: false };
  const alone = lesson.complete_when.filter((one) => !one.includes("took_part"));
  const chosen = (alone.length ? alone : lesson.complete_when)[0] || [];
  return {
    seconds: chosen.includes("watched") ? missingSeconds(state, lesson) : 0,
    questions: chosen.includes("answered") ? missingQuestions(progress, lesson) : 0,
    needs_meeting: !alone.length,
  };
}

// Her last attempt at this quiz that is still open, or null: nothing is asked twice.
export function attemptToContinue(state, lesson) {
  const open = attemptsAt(state.progress, lesson.quiz).filter(
    (one) => !one.is_over && !one.is_ended && !one.is_passed
  );
  return open.length ? open[open.length - 1] : null;
}

// Whether the limit leaves another attempt.
export function mayStart(state, lesson) {
  const limit = lesson.quiz.attempt_limit;
  return !limit || attemptsAt(state.progress, lesson.quiz).length < limit;
}

function noteMeeting(meetings, statement) {
  const part = { attended: "present", experienced: "shown", answered: "asked" }[statement.verb];
  const known = Object.assign({}, meetings[statement.meeting]);
  if (part) known[part] = true;
  return Object.assign({}, meetings, { [statement.meeting]: known });
}

function noteSeen(seen, statement, lesson) {
  const length = lesson ? lengthOf(lesson, statement.original) : 86400;
  if (!length) return seen;
  const spans = (seen[statement.original] || []).concat(statement.data.seen);
  const joined = union(spans, length);
  return joined.length ? Object.assign({}, seen, { [statement.original]: joined }) : seen;
}

function noteAnswer(attempts, statement, lesson) {
  const quiz = lesson && lesson.quiz;
  const uuid = statement.data.attempt;
  if (!uuid || !quiz) return attempts;
  const isIt = (one) => one.uuid === uuid && one.version === statement.version;
  const known = attempts.find(isIt) || begun(attempts, statement, quiz);
  const marked = withAnswer(known, statement.data, quiz);
  return attempts.some(isIt)
    ? attempts.map((one) => (isIt(one) ? marked : one))
    : attempts.concat([marked]);
}

function begun(attempts, statement, quiz) {
  const number = attempts.filter((one) => one.quiz === quiz.digest).length + 1;
  return {
    uuid: statement.data.attempt, version: statement.version, quiz: quiz.digest,
    number: number, is_over: Boolean(quiz.attempt_limit && number > quiz.attempt_limit),
    asked: quiz.questions.length, right: 0, answered: [], right_keys: [],
    is_passed: false, is_ended: false, waiting: false,
  };
}

// An exam's key is not on the device: its attempt waits for the centre's mark.
function withAnswer(attempt, data, quiz) {
  const keys = quiz.questions.map((question) => question.key);
  if (!keys.includes(data.question)) return attempt;
  const isExam = quiz.kind === "exam";
  const result = isExam ? null : markAttempt(quiz, [[data.question, data]]);
  const right = new Set(attempt.right_keys.concat(isExam ? [] : result.right));
  const answered = new Set(attempt.answered.concat([data.question]));
  return Object.assign({}, attempt, {
    answered: keys.filter((key) => answered.has(key)),
    right_keys: keys.filter((key) => right.has(key)),
    right: isExam ? attempt.right : right.size,
    is_passed: isExam ? attempt.is_passed : right.size >= neededToPass(quiz),
    is_ended: (isExam ? answered.size : right.size) === keys.length,
    waiting: isExam,
  });
}

// Once reached, a requirement stays reached: what the centre knows of other versions counts too.
function judge(progress, lesson) {
  const isSeen = Object.keys(lesson.videos).some((tag) => {
    const original = lesson.videos[tag].original;
    return count(progress.seen[original] || []) >= enoughOf(lesson, original);
  });
  const meetings = progress.meetings || {};
  progress.is_watched = progress.is_watched || isSeen;
  progress.is_answered =
    progress.is_answered || progress.attempts.some((one) => one.is_passed && !one.is_over);
  progress.took_part =
    progress.took_part ||
    Object.keys(meetings).some((id) => {
      const parts = meetings[id];
      return Boolean(parts.present && parts.shown && parts.asked);
    });
  const reached = {
    watched: progress.is_watched,
    answered: progress.is_answered,
    took_part: progress.took_part,
  };
  progress.is_complete =
    progress.is_complete ||
    lesson.complete_when.some((one) => one.length > 0 && one.every((name) => reached[name]));
}

function missingSeconds(state, lesson) {
  const seen = state.progress.seen;
  const all = Object.keys(lesson.videos).map((tag) => lesson.videos[tag].original);
  if (state.progress.is_watched || !all.length) return 0;
  const near = all.filter((one) => seen[one] || one === state.original);
  const lacking = (near.length ? near : all.slice(0, 1)).map((one) =>
    Math.max(0, enoughOf(lesson, one) - count(seen[one] || []))
  );
  return Math.min.apply(null, lacking);
}

function missingQuestions(progress, lesson) {
  const quiz = lesson.quiz;
  if (progress.is_answered || !quiz) return 0;
  if (attemptsAt(progress, quiz).some((one) => one.waiting && one.is_ended)) return 0;
  const going = attemptToContinue({ progress: progress }, lesson);
  if (quiz.kind === "exam") return quiz.questions.length - (going ? going.answered.length : 0);
  return neededToPass(quiz) - (going ? going.right_keys.length : 0);
}

function attemptsAt(progress, quiz) {
  return progress.attempts.filter((one) => one.quiz === quiz.digest);
}

function lengthOf(lesson, original) {
  const lengths = Object.keys(lesson.videos)
    .map((tag) => lesson.videos[tag])
    .filter((video) => video.original === original)
    .map((video) => Math.max(1, Math.floor(video.duration_seconds)));
  return lengths.length ? Math.max.apply(null, lengths) : 0;
}

function enoughOf(lesson, original) {
  return Math.max(1, Math.ceil((lengthOf(lesson, original) * lesson.watched_percent) / 100));
}

function union(spans, length) {
  const joined = [];
  const cut = spans.map((span) => [Math.max(span[0], 0), Math.min(span[1], length)]);
  cut.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (const [begin, end] of cut) {
    const last = joined[joined.length - 1];
    if (begin >= end) continue;
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([begin, end]);
  }
  return joined;
}

function count(spans) {
  return spans.reduce((sum, span) => sum + span[1] - span[0], 0);
}
