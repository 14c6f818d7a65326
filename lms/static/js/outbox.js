// What she did, on its way: written on the device before the screen moves on, sent in batches,
// and removed only when the centre has answered for it. A visitor's statements are kept back
// until she signs in and says that she wants to keep them (visiting.js).

import { freshDevice, inOne, open, uuid7 } from "./device.js";

const DOOR = "/statements";
const MOST = 100; // statements in a batch
const KEEPALIVE_BYTES = 60000; // browsers send at most 64 kB after a page has gone
const SOON = 1500; // ms until what was recorded is sent; several taps make one batch
const LATEST = 300000; // ms, the longest pause between tries

// Where there is no IndexedDB: {device, waiting, refused} as long as the page lives.
const memory = { device: null, waiting: [], refused: [] };
let unsent = []; // a copy of what may be sent, for `pagehide`, when nothing can be awaited
let known = null; // the device's row
let going = null; // the delivery that is under way
let failures = 0;
let timer = 0;

// Writes one statement; resolves with it once it is safe on this device. Without `fields.actor`
// it is a visitor's; with a `sitting` it is a draft, nobody's until `claim` (own.js). Fields that
// are null or undefined are left out.
export async function record(verb, fields, sitting) {
  const draft = Object.assign({ id: uuid7(), at: Date.now(), verb: verb, data: {} }, fields);
  Object.keys(draft).forEach((name) => {
    if (draft[name] === null || draft[name] === undefined) delete draft[name];
  });
  const row = await kept(draft, sitting);
  if (isReady(row)) {
    unsent.push(row.statement);
    plan(SOON);
  }
  return row.statement;
}

// How many statements have not been answered for yet; a visitor's own and drafts are not.
export async function waiting() {
  return (await rows()).filter(isReady).length;
}

// What the centre refused, with its reason, for staff to see.
export async function refused() {
  const store = await open();
  if (!store) return memory.refused.slice();
  return inOne(store, "readonly", (stores, give) => {
    const request = stores.refused.getAll();
    request.onsuccess = () => give(request.result);
  });
}

// Tries to deliver now, for at most so long; resolves to whether all was answered. Never rejects.
export function send(milliseconds) {
  if (!going) {
    going = deliver().catch(() => false).then((isDone) => {
      going = null;
      failures = isDone ? 0 : failures + 1;
      if (!isDone) plan(Math.min(LATEST, 2000 * 2 ** failures) * (0.75 + Math.random() / 2));
      return isDone;
    });
  }
  const late = new Promise((resolve) => setTimeout(resolve, milliseconds || 20000, false));
  return Promise.race([going, late]);
}

// The drafts of these sittings get their actor: this person, or the visitor where there is none.
// Resolves to how many there were.
export async function claim(sittings, person) {
  const made = await rewrite((device, all) => ({
    device: device, remove: [],
    put: all.filter((row) => row.draft && sittings.includes(row.draft)).map((row) => ({
      seq: row.seq, held: !person,
      statement: Object.assign({}, row.statement, { actor: person || device.visitor }),
    })),
  }));
  if (person && made.put.length) plan(SOON);
  return made.put.length;
}

function isReady(row) {
  return !row.held && !row.draft;
}

// All rows that are kept: {seq, held, statement}, a draft's with its sitting as `draft`.
export async function rows() {
  const store = await open();
  if (!store) return memory.waiting.slice();
  return inOne(store, "readonly", (stores, give) => {
    const request = stores.waiting.getAll();
    request.onsuccess = () => give(request.result);
  });
}

// Changes the device's row and the rows that wait, in one transaction:
// `change(device, rows)` gives {device, put: [rows], remove: [seqs]}.
export async function rewrite(change) {
  const store = await open();
  if (!store) {
    memory.device = memory.device || freshDevice();
    const made = change(memory.device, memory.waiting.slice());
    memory.device = made.device;
    memory.waiting = memory.waiting
      .filter((row) => !made.remove.includes(row.seq) && !made.put.some((p) => p.seq === row.seq))
      .concat(made.put);
    known = made.device;
    return made;
  }
  return inOne(store, "readwrite", (stores, give) => {
    const first = stores.device.get("me");
    first.onsuccess = () => {
      const all = stores.waiting.getAll();
      all.onsuccess = () => {
        const made = change(first.result || freshDevice(), all.result);
        stores.device.put(made.device, "me");
        made.put.forEach((row) => stores.waiting.put(row));
        made.remove.forEach((seq) => stores.waiting.delete(seq));
        known = made.device;
        give(made);
      };
    };
  });
}

// The number is given and the statement written in one transaction: no number is given twice.
async function kept(draft, sitting) {
  const made = await rewrite((device) => {
    const next = Object.assign({}, device, { seq: device.seq + 1 });
    const statement = Object.assign({}, draft, { seq: next.seq });
    if (sitting) {
      const row = { seq: next.seq, held: false, draft: sitting, statement: statement };
      return { device: next, remove: [], put: [row] };
    }
    statement.actor = statement.actor || device.visitor;
    return {
      device: next, remove: [],
      put: [{ seq: next.seq, held: statement.actor === device.visitor, statement: statement }],
    };
  });
  return made.put[0];
}

async function deliver() {
  for (;;) {
    unsent = (await rows()).filter(isReady).map((row) => row.statement);
    const batch = unsent.slice(0, MOST);
    if (!batch.length) return true;
    const device = known || (await rewrite((me) => ({ device: me, put: [], remove: [] }))).device;
    const answer = await fetch(DOOR, posted(device, batch));
    if (!answer.ok) return false; // signed out, busy, broken: it all stays and is tried again
    const told = await answer.json();
    if (!(await settle(batch, told.answers))) return false;
  }
}

// Removes what was answered for; a refused one moves aside. False when nothing was settled.
async function settle(batch, answers) {
  const fates = new Map(answers.map((one) => [one.id, one]));
  const settled = batch.filter((one) => fates.has(one.id));
  const bad = settled.filter((one) => fates.get(one.id).is === "refused")
    .map((one) => ({ id: one.id, why: fates.get(one.id).why || "", statement: one }));
  await setAside(bad);
  const gone = settled.map((one) => one.seq);
  await rewrite((device) => ({ device: device, put: [], remove: gone }));
  unsent = unsent.filter((one) => !gone.includes(one.seq));
  return settled.length > 0;
}

async function setAside(bad) {
  if (!bad.length) return;
  const store = await open();
  if (!store) memory.refused = memory.refused.concat(bad);
  else await inOne(store, "readwrite", (stores) => bad.forEach((one) => stores.refused.put(one)));
  self.dispatchEvent(new CustomEvent("refused", { detail: bad }));
}

function posted(device, batch) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      device: device.uuid, secret: device.secret, now: Date.now(), statements: batch,
    }),
  };
}

function plan(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(send, milliseconds);
}

// The page goes: one last try without waiting for its answer. What arrived is known next time.
function leave() {
  if (!known || !unsent.length) return;
  let batch = unsent.slice(0, MOST);
  let order = posted(known, batch);
  while (order.body.length > KEEPALIVE_BYTES && batch.length > 1) {
    batch = batch.slice(0, batch.length >> 1);
    order = posted(known, batch);
  }
  fetch(DOOR, Object.assign({ keepalive: true }, order)).catch(() => {});
}

self.addEventListener("pagehide", leave);
self.addEventListener("online", () => plan(0));
plan(SOON);
