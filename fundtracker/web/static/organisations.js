// The field for an organisation's name lists those it may be, after the ARIA combobox pattern. Without this script
// the name is typed and sent, and the choice is asked for on the page that comes back.
const WAIT = 150; // milliseconds after the last letter

class Combobox {
  constructor(field) {
    this.field = field;
    this.list = made("ul", { id: `${field.id}-options`, role: "listbox", class: "ft-options", hidden: "", "aria-label": "Organisations" });
    this.status = made("div", { role: "status", class: "govuk-visually-hidden" });
    this.choice = made("input", { type: "hidden", name: `${field.name}_choice`, disabled: "" });
    this.asking = new AbortController();
    const says = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(says).forEach(([name, value]) => field.setAttribute(name, value));
    field.parentElement.classList.add("ft-combo");
    field.after(this.list, this.status, this.choice);
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("li")));
  }

  get options() {
    return [...this.list.children];
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  typed() {
    this.choice.disabled = true; // it was made for another name
    clearTimeout(this.waiting);
    this.asking.abort();
    this.waiting = setTimeout(() => this.ask().catch(() => {}), WAIT);
  }

  async ask() {
    const typed = this.field.value.trim();
    if (typed.length < 2) return this.close();
    this.asking = new AbortController();
    const address = `${this.field.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
    const answer = await fetch(address, { signal: this.asking.signal });
    if (!answer.ok || answer.redirected) return this.close();
    const { found, new: added } = await answer.json();
    if (document.activeElement === this.field) this.show(found, added);
  }

  show(found, added) {
    const known = found.map((option, n) => this.option(option, n, option.name, option.says));
    const fresh = added ? [this.option(added, known.length, added.says, "")] : [];
    this.list.replaceChildren(...known, ...fresh);
    this.open(this.options.length > 0);
    const count = `${found.length || "No"} organisation${found.length === 1 ? "" : "s"} found.`;
    this.status.textContent = added ? `${count} A new one can be added, as the last choice.` : count;
  }

  option({ choice, name }, number, words, facts) {
    const option = made("li", { id: `${this.list.id}-${number}`, role: "option", "aria-selected": "false" });
    Object.assign(option.dataset, { choice, name });
    option.append(words, Object.assign(made("span", { class: "ft-sub" }), { textContent: facts }));
    return option;
  }

  open(shown) {
    this.list.hidden = !shown;
    this.field.setAttribute("aria-expanded", String(shown));
    this.point(null);
  }

  close() {
    clearTimeout(this.waiting);
    this.asking.abort();
    this.open(false);
  }

  point(option) {
    this.active?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  choose(option) {
    if (!option) return;
    this.field.value = option.dataset.name;
    document.getElementById(this.choice.name)?.closest(".govuk-form-group")?.remove(); // asked before, and answered now
    Object.assign(this.choice, { value: option.dataset.choice, disabled: false });
    this.close();
    this.status.textContent = `${option.dataset.name} is chosen.`;
  }

  key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && this.list.hidden) this.ask().catch(() => {});
    else if (move) this.step(move);
    else if (event.key === "Escape" && !this.list.hidden) this.close();
    else if (event.key === "Enter" && this.active) this.choose(this.active);
    else return event.key === "Tab" && this.choose(this.active);
    event.preventDefault();
  }

  step(move) {
    const places = this.options.length;
    const from = this.options.indexOf(this.active);
    this.point(this.options[(from + move + places + (from < 0 && move < 0 ? 1 : 0)) % places]);
  }
}

function made(tag, attributes) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}

document.querySelectorAll("[data-suggest]").forEach((field) => new Combobox(field));
