// Payments due: what "Tick all that are due" and "Work out again" do, done in the page; the server still works the sums out.
const table = document.querySelector("[data-run]");
const form = table?.closest("form");

async function workOut() {
  const answers = new FormData(form);
  answers.set("step", "work-out");
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(answers) });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of ["[data-ticked]", "[data-says]"]) {
    document.querySelector(place).textContent = page.querySelector(place).textContent;
  }
}

function tickAll(event) {
  event.preventDefault();
  const ticks = [...table.querySelectorAll("input[type=checkbox][data-due]")];
  const all = ticks.every((tick) => tick.checked);
  ticks.forEach((tick) => (tick.checked = !all));
  mark();
  workOut().catch(() => {});
}

function mark() {
  table.querySelectorAll("input[type=checkbox]").forEach((tick) => tick.closest("tr").classList.toggle("ft-rowon", tick.checked));
}

// Typing another amount means that this row is paid.
function typed(event) {
  const tick = event.target.closest("tr").querySelector("input[type=checkbox]");
  if (tick && event.target !== tick) tick.checked = true;
  mark();
  workOut().catch(() => {});
}

table?.addEventListener("change", typed);
form?.querySelector("[data-tick-all]")?.addEventListener("click", tickAll);
