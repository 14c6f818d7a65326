// A plain calculator: it works out each step as the keys are pressed, as pocket calculators do.

const shown = document.getElementById("shown");
const SUMS = {
  "+": (a, b) => a + b,
  "−": (a, b) => a - b,
  "×": (a, b) => a * b,
  "÷": (a, b) => a / b,
};
const TYPED = { "*": "×", "/": "÷", "-": "−", Enter: "=", Backspace: "⌫", Escape: "C", ",": "." };
const DIGITS = 12;

let entry = "0";
let held = null; // the number before the sign
let sign = null;
let isFresh = false; // the next digit begins a new number

function press(key) {
  if (/^[0-9.]$/.test(key)) type(key);
  else if (key in SUMS) hold(key);
  else if (key === "=") work();
  else if (key === "C") clear();
  else if (key === "⌫") entry = isFresh || entry.length < 2 ? "0" : entry.slice(0, -1);
  else if (key === "±") entry = short(-Number(entry));
  else if (key === "%") entry = short(Number(entry) / 100);
  else return;
  shown.textContent = entry;
}

function type(key) {
  if (isFresh) entry = "0";
  isFresh = false;
  if ((key === "." && entry.includes(".")) || entry.length >= DIGITS) return;
  entry = entry === "0" && key !== "." ? key : entry + key;
}

function hold(key) {
  if (sign && !isFresh) work();
  held = Number(entry);
  sign = key;
  isFresh = true;
}

function work() {
  if (sign) entry = short(SUMS[sign](held, Number(entry)));
  sign = null;
  isFresh = true;
}

function clear() {
  entry = "0";
  held = sign = null;
  isFresh = false;
}

function short(number) {
  if (!Number.isFinite(number)) return "Error";
  return String(Number(number.toPrecision(DIGITS - 2)));
}

document.getElementById("keys").addEventListener("click", (event) => {
  if (event.target.value) press(event.target.value);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = TYPED[event.key] || event.key;
  if (key === "=" && event.key === "Enter") event.preventDefault();
  press(key);
});
