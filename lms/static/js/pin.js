// Entering the secret: each tap ties a knot on the cord. What was tapped is kept only here, never
// shown and never spoken. The page is left by replacing it, like every other.

const LEAST = 4;
const confirm = document.getElementById("confirm");
let form = null;
let most = LEAST;
let pressed = [];

function begin() {
  form = document.getElementById("pin-form");
  pressed = [];
  if (!form) return;
  most = form.dataset.kind === "digits" ? 6 : 4;
  form.noValidate = true;
  form.addEventListener("submit", enter);
  form.addEventListener("click", tap);
  show();
}

function tap(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if ("erase" in button.dataset) pressed.pop();
  else if (pressed.length < most && button.dataset.press) pressed.push(button.dataset.press);
  show();
}

// The cord has as many loops as the shortest secret, and more only when they are tied.
function show() {
  const loops = Array.from({ length: Math.max(LEAST, pressed.length) }, (_, place) => {
    const loop = document.createElement("i");
    loop.className = place < pressed.length ? "tied" : "";
    return loop;
  });
  const cord = document.getElementById("cord");
  cord.textContent = "";
  cord.append(...loops);
  confirm.disabled = pressed.length < LEAST;
}

async function enter(event) {
  event.preventDefault();
  if (pressed.length < LEAST) return;
  const body = new URLSearchParams();
  body.set("pin", pressed.join(form.dataset.kind === "digits" ? "" : ","));
  pressed = [];
  confirm.disabled = true;
  try {
    // A redirect means that she is in: it is not followed here but by the page itself.
    const answer = await fetch(location.href, {
      method: "POST", body: body, redirect: "manual", headers: { Accept: "text/html" },
    });
    if (answer.type === "opaqueredirect") return location.replace(form.dataset.onward);
    refuse(await answer.text());
  } catch (error) {
    document.getElementById("no-line").hidden = false;
    show();
  }
}

// The answer is the same page with a word about what was wrong.
function refuse(text) {
  const answered = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  document.querySelector("main").replaceWith(answered);
  begin();
}

// A keyboard enters digits as well.
document.addEventListener("keydown", (event) => {
  if (!form || form.dataset.kind !== "digits" || event.ctrlKey || event.metaKey) return;
  if (/^[0-9]$/.test(event.key) && pressed.length < most) pressed.push(event.key);
  else if (event.key === "Backspace") pressed.pop();
  else return;
  show();
});

begin();
