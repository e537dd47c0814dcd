// What "Work out again" does, done whenever an amount is changed: the server works the sums out, the page shows them.
const sums = document.querySelector("[data-sums]");
const form = sums?.closest("form");

async function workOut() {
  const answers = new FormData(form);
  answers.set("step", "work-out");
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(answers) });
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
    if (refused?.matches(".ft-refused")) row.before(refused);
    [...row.cells].forEach((cell, n) => cell.querySelector("input") || cell.replaceWith(others[n]));
  });
  const drawn = (part) => [...part.children].filter((child) => !child.querySelector("input"));
  drawn(sums).forEach((child) => child.remove());
  sums.append(...drawn(fresh));
}

form?.addEventListener("change", ({ target }) => {
  if (target.closest("[data-sums], [data-works-out]")) workOut().catch(() => {});
});
