// Reconcile: keys for the list of suggestions, and the button's sum as boxes are ticked. All of it works without.
const list = document.querySelector("[data-list]");
const form = list?.closest("form");
const rows = [...(list?.querySelectorAll("[data-row]") ?? [])];
const off = document.querySelector("[data-keys-off]");
const KEPT = "reconcile-keys";
let at = -1;

const box = (row) => row?.querySelector("input[type=checkbox]");
const keysOn = () => localStorage.getItem(KEPT) !== "off";

function go(to) {
  at = Math.max(0, Math.min(to, rows.length - 1));
  rows.forEach((row, place) => row.classList.toggle("ft-inhand", place === at));
  const place = box(rows[at]) ?? rows[at].querySelector("a, button");
  place.focus();
  rows[at].scrollIntoView({ block: "nearest" });
}

function say() {
  const ticked = rows.filter((row) => box(row)?.checked);
  const pence = ticked.reduce((sum, row) => sum + Number(row.dataset.amount), 0);
  const pounds = (Math.abs(pence) / 100).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const button = form.querySelector("[data-accept]");
  button.textContent = ticked.length ? `Accept the ${ticked.length} ticked, ${pence < 0 ? "−" : ""}£${pounds}` : "Accept what is ticked";
}

const DO = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  s: () => go(at + 1),
  x: () => (box(rows[at]) ? box(rows[at]).click() : null),
  a: () => (rows[at]?.querySelector("[name=only]") ?? rows[at]?.querySelector("[data-by-hand]"))?.click(),
  e: () => rows[at]?.querySelector("[data-explain]")?.click(),
  u: () => document.querySelector("[data-undo-last] button")?.click(),
};

// Single keys work only while the focus is in the list, never with another key, and can be turned off (WCAG 2.1.4).
function pressed(event) {
  const key = event.key.toLowerCase();
  const alone = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
  if (!keysOn() || !alone || !DO[key] || event.target.matches("textarea, select, input:not([type=checkbox])")) return;
  event.preventDefault();
  if (at < 0 && key !== "j" && key !== "k") go(0);
  DO[key]();
}

function showKeys() {
  const on = keysOn();
  off.textContent = on ? "Turn keys off" : "Turn keys on";
  off.setAttribute("aria-pressed", String(!on));
}

if (list) {
  list.addEventListener("keydown", pressed);
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) at = rows.indexOf(row);
    rows.forEach((each) => each.classList.toggle("ft-inhand", each === row));
  });
  form.addEventListener("change", say);
  document.querySelector("[data-keys]").hidden = false;
  off.addEventListener("click", () => {
    localStorage.setItem(KEPT, keysOn() ? "off" : "on");
    showKeys();
  });
  showKeys();
}
