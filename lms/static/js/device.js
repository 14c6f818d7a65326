// This browser as a writer of statements: its uuid, its secret, and a small store of its own.
// Everything lies in IndexedDB, which plain http has too; where there is none (some private
// windows), `open` gives null and outbox.js keeps what it has in memory.

const NAME = "store";
const STORES = ["device", "waiting", "refused"];
let opened = null;

// The store, or null. `device` holds one row "me"; `waiting` statements by seq; `refused` by id.
export function open() {
  if (!opened) opened = opening().catch(() => null);
  return opened;
}

function opening() {
  return new Promise((resolve, reject) => {
    const request = self.indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("device");
      request.result.createObjectStore("waiting", { keyPath: "seq" });
      request.result.createObjectStore("refused", { keyPath: "id" });
    };
    request.onsuccess = () => {
      // Another tab with a newer program must not wait for this one.
      request.result.onversionchange = () => {
        opened = null;
        request.result.close();
      };
      request.result.onclose = () => (opened = null);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

// Runs `work(stores)` in one transaction and gives its result once everything is on the disk.
// `work` is synchronous; what it reads arrives in the callbacks of its requests.
// A connection that the browser has closed is opened anew, once.
export async function inOne(store, mode, work) {
  try {
    return await once(store, mode, work);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    opened = null;
    const again = await open();
    if (!again) throw error;
    return once(again, mode, work);
  }
}

function once(store, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = store.transaction(STORES, mode, { durability: "strict" });
    const result = {};
    transaction.oncomplete = () => resolve(result.value);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error || new Error("aborted"));
    work(
      { device: transaction.objectStore("device"), waiting: transaction.objectStore("waiting"),
        refused: transaction.objectStore("refused") },
      (value) => { result.value = value; }
    );
  });
}

// A fresh identity: who this browser is, and who a visitor on it is until she joins.
export function freshDevice() {
  return { uuid: uuid7(), secret: hex(32), seq: 0, visitor: uuid4() };
}

// A UUIDv7. `crypto.randomUUID` is missing on plain http, `getRandomValues` is not.
export function uuid7() {
  const bytes = random(16);
  let now = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = now % 256;
    now = Math.floor(now / 256);
  }
  return written(bytes, 0x70);
}

export function uuid4() {
  return written(random(16), 0x40);
}

function written(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | version;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function hex(bytes) {
  return toHex(random(bytes));
}

function random(count) {
  return self.crypto.getRandomValues(new Uint8Array(count));
}

function toHex(bytes) {
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
