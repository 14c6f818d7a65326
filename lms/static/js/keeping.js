// What a woman did as a visitor is offered to her once she has signed in: keep it, or forget it.

import { remember } from "./page.js";
import { forget, keep, visited } from "./visiting.js";

export async function offer(panel) {
  if (!(await visited()).length) return remember("visited", "no");
  panel.hidden = false;
  panel.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    panel.hidden = true;
    if (button.value === "keep") await keep(panel.dataset.person);
    else await forget();
    remember("visited", "no");
    location.reload();
  });
}
