// What "Show its outcomes" does, done whenever another fund is chosen: the server gives what belongs to the fund.
const fund = document.querySelector("select[name=fund]");

async function showOutcomes() {
  const answers = new FormData(fund.form);
  answers.set("step", "choose");
  const answer = await fetch(fund.form.action, { method: "POST", body: new URLSearchParams(answers) });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("[data-of-fund]").replaceWith(page.querySelector("[data-of-fund]"));
}

fund?.addEventListener("change", () => showOutcomes().catch(() => {}));
