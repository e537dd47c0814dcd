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
  // The fields stay as they are, so that what is typed meanwhile is not lost, nor the place where it is typed.
  const active = document.activeElement;
  for (const field of sums.querySelectorAll("input")) {
    fresh.querySelector(`[id="${field.id}"]`).closest("td").replaceWith(field.closest("td"));
  }
  sums.replaceChildren(...fresh.childNodes);
  if (sums.contains(active)) active.focus();
}

sums?.addEventListener("change", () => workOut().catch(() => {}));
