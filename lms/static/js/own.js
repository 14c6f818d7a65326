// Her own half of a page: the state that the centre keeps, and what still waits on this device.

import { remember, signing, tab } from "./page.js";

// What she does before the state is there is a draft of this sitting, one page's life. This page
// claims it; so does a later page of the tab, for the one who was signed in here for sure.
const sitting = Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-");
let known = null;

// Writes a deed at once, whoever she is: `fields` without the actor.
export async function keepDeed(verb, fields) {
  const outbox = await import("./outbox.js");
  if (known) {
    remember(known.visitor ? "visited" : "waiting", "yes");
    return outbox.record(verb, Object.assign({ actor: known.person }, fields));
  }
  const drafts = tab("drafts") || [];
  const mine = tab("whose");
  const whose = mine && mine.signing === signing() ? mine.person : null;
  if (!drafts.some((one) => one.sitting === sitting)) {
    tab("drafts", drafts.concat([{ sitting: sitting, whose: whose }]));
  }
  hasDrafts = true;
  const made = await outbox.record(verb, fields, sitting);
  if (known) await claimFor(known); // it came while this was being written
  return made;
}

let hasDrafts = false;
async function claimFor(state) {
  const drafts = tab("drafts") || [];
  const others = drafts.filter((one) => state.person && one.whose === state.person);
  if (!hasDrafts && !others.length) return;
  const outbox = await import("./outbox.js");
  const sittings = others.map((one) => one.sitting).concat([sitting]);
  const count = await outbox.claim(sittings, state.visitor ? null : state.person);
  if (count) remember(state.visitor ? "visited" : "waiting", "yes");
  tab("drafts", drafts.filter((one) => !sittings.includes(one.sitting)));
}

async function settled(state) {
  known = state;
  tab("whose", state.visitor ? null : { person: state.person, signing: signing() });
  await claimFor(state).catch(() => {}); // the drafts stay; a later page tries again
  return state;
}

// Asks until it is there: without a line the page can be used, and this waits.
export async function ownState(address) {
  for (let pause = 2000; ; pause = Math.min(pause * 2, 60000)) {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.status === 401) location.replace("/");
      if (answer.ok) return await settled(await answer.json());
    } catch (error) {
      // No line; the next try comes later.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

// The state with this device's unsent statements about the lesson: a visitor's own, or hers.
export async function withWaiting(state, lesson) {
  const [outbox, fold] = await Promise.all([import("./outbox.js"), import("./fold.js")]);
  const isHers = (row) => (state.visitor ? row.held : row.statement.actor === state.person);
  const rows = (await outbox.rows()).filter((row) => row.statement.lesson === lesson.uuid);
  return rows.filter(isHers).reduce((known, row) => fold.join(known, row.statement, lesson), state);
}
