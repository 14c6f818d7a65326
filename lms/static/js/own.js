// Her own half of a page: the state that the centre keeps, and what still waits on this device.

// Asks until it is there: without a line the page can be used, and this waits.
export async function ownState(address) {
  for (let pause = 2000; ; pause = Math.min(pause * 2, 60000)) {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.status === 401) location.replace("/");
      if (answer.ok) return await answer.json();
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
