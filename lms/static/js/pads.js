// The big pads: digits that make a number, coins and notes that add up to an amount of money.
// Each shows what was entered and tells it as a whole number in the smallest unit, or null.

const MOST = 9; // digits

// shown: the <output> with data-decimals; pad: the group of buttons beside it.
export function pad(shown, buttons, changed) {
  const decimals = Number(shown.dataset.decimals);
  const isMoney = buttons.classList.contains("money");
  let typed = "";
  let taken = [];

  function value() {
    if (isMoney) return taken.length ? taken.reduce((sum, one) => sum + one, 0) : null;
    const [whole, part] = typed.split(".");
    if (!/\d/.test(typed)) return null;
    return Number((whole || "0") + ((part || "") + "0000").slice(0, decimals));
  }

  function show() {
    const amount = value();
    const text = isMoney && amount !== null ? (amount / 10 ** decimals).toFixed(decimals) : typed;
    shown.textContent = text ? shown.dataset.sign + text : "\u00a0";
    changed();
  }

  function press(sign) {
    const [, part] = typed.split(".");
    const isFull = typed.length >= MOST || (part !== undefined && part.length >= decimals);
    if (isFull || (sign === "." && (part !== undefined || !decimals))) return;
    typed = typed === "0" && sign !== "." ? sign : typed + sign;
    show();
  }

  function erase() {
    typed = typed.slice(0, -1);
    taken = taken.slice(0, -1);
    show();
  }

  function clear() {
    typed = "";
    taken = [];
    show();
  }

  buttons.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("erase" in button.dataset) return erase();
    if (button.dataset.add) {
      taken.push(Number(button.dataset.add));
      return show();
    }
    press(button.dataset.press);
  });

  return { value: value, press: press, erase: erase, clear: clear };
}
