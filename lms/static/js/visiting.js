// What a visitor did waits on her own device. When she signs in she is asked whether to keep it:
// then it is joined to her and sent; else it is forgotten. Nothing of hers is sent before.

import { uuid4, uuid7 } from "./device.js";
import { rewrite, rows, send } from "./outbox.js";

// The visitor's statements, of one lesson or all, in order: for fold.js's `join`.
export async function visited(lesson) {
  return (await rows())
    .filter((row) => row.held && (!lesson || row.statement.lesson === lesson))
    .map((row) => row.statement);
}

// She keeps what she did: it is hers from now on, by a statement that says so.
export async function keep(person) {
  await rewrite((device, all) => {
    const seq = device.seq + 1;
    const joined = {
      id: uuid7(), seq: seq, at: Date.now(), actor: device.visitor, verb: "joined",
      target: person, data: {},
    };
    const released = all.filter((row) => row.held).map((row) => Object.assign({}, row, { held: false }));
    return {
      device: Object.assign({}, device, { seq: seq, visitor: uuid4() }),
      put: released.concat([{ seq: seq, held: false, statement: joined }]),
      remove: [],
    };
  });
  return send();
}

// She does not: it is gone, and the next visitor is somebody else.
export async function forget() {
  await rewrite((device, all) => ({
    device: Object.assign({}, device, { visitor: uuid4() }),
    put: [],
    remove: all.filter((row) => row.held).map((row) => row.seq),
  }));
}
