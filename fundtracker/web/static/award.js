// What "Work out again" does, done as an amount is typed: the server works the sums out, the page shows them.
const WAIT = 300; // milliseconds after the last figure
const sums = document.querySelector("[data-sums]");
const form = sums?.closest("form");
let asking = new AbortController();
let waiting;

async function workOut() {
  const answers = new FormData(form);
  answers.set("step", "work-out");
  asking.abort();
  asking = new AbortController();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(answers), signal: asking.signal });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  show(page.querySelector("[data-sums]"));
  document.querySelector("[data-says]").textContent = page.querySelector("[data-says]").textContent;
}

function show(fresh) {
  // A field never leaves the page, not even to come back: that would end the typing in it, and count as a change.
  sums.querySelectorAll(".ft-refused").forEach((row) => row.remove());
  const rows = fresh.querySelectorAll("tr:not(.ft-refused)");
  sums.querySelectorAll("tr").forEach((row, place) => {
    const [refused, others] = [rows[place].previousElementSibling, [...rows[place].cells]];
    // A figure that is half typed is not called wrong.
    if (refused?.matches(".ft-refused") && !row.contains(document.activeElement)) row.before(refused);
    [...row.cells].forEach((cell, n) => cell.querySelector("input") || cell.replaceWith(others[n]));
  });
  const drawn = (part) => [...part.children].filter((child) => !child.querySelector("input"));
  drawn(sums).forEach((child) => child.remove());
  sums.append(...drawn(fresh));
}

function worksOut(milliseconds) {
  return ({ target }) => {
    if (!target.closest("[data-sums], [data-works-out]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => workOut().catch(() => {}), milliseconds);
  };
}

form?.addEventListener("input", worksOut(WAIT));
form?.addEventListener("change", worksOut(0));
