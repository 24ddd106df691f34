// One figure in its place. What it should show is looked up each time, so that a choice made meanwhile is never lost.
class View {
  constructor(element) {
    this.element = element;
    this.figure = element.querySelector("figure");
    this.drawing = element.querySelector(".drawing");
    this.box = element.querySelector(".box");
    this.control = element.querySelector(".control");
    this.numbers = element.querySelector(".numbers");
    this.seen = false;
    this.done = null;
    this.release = () => {};
    this.numbers?.addEventListener("toggle", () => this.tabulate());
    if (this.control) this.listen();
    watching.observe(element);
    sizing.observe(this.box);
  }
  get choice() { return this.element.dataset.choice || ""; }
  get block() { return this.element.dataset.block.replace("*", scenario); }
  get wanted() { return this.block + "|" + (this.choice ? choices[this.choice] : ""); }
  get stale() { return this.done !== this.wanted; }
  wait() {
    this.element.classList.add("waits");
    if (this.done !== null) this.drawing.classList.add("stale");
  }

  listen() {
    this.input = this.control.querySelector("select, input");
    this.input.addEventListener(this.input.type === "range" ? "input" : "change", () => {
      const option = this.options[this.input.type === "range" ? Number(this.input.value) : this.input.selectedIndex];
      choices[this.choice] = option.value;
      this.name(option);
      this.seen = true;
      remember();
      refresh();
    });
  }
  name(option) {
    if (this.input.type !== "range") return;
    this.control.querySelector("output").textContent = option.words;
    this.input.setAttribute("aria-valuetext", option.words);
  }
  offer(options, chosen) {
    this.options = options;
    if (!this.input) return;
    const index = options.indexOf(chosen);
    if (this.input.type === "range") {
      this.input.max = String(options.length - 1);
      this.input.value = String(index);
    } else {
      this.input.replaceChildren(...options.map(({ value, words }) => make("option", { value, text: words })));
      this.input.selectedIndex = index;
    }
    this.name(chosen);
  }
  async show() {
    const wanted = this.wanted;
    const { options, first } = await load(this.block);
    if (wanted !== this.wanted) return;
    const reason = this.element.querySelector(".without");
    if (reason) reason.hidden = options.length > 0;
    this.figure.hidden = options.length === 0;
    if (this.control) this.control.hidden = options.length === 0;
    if (options.length > 0) {
      const chosen = options.find((option) => option.value === choices[this.choice]) ?? options[first];
      const drawn = await draw(chosen.figure, chosen.title + " The numbers are in the table below.");
      if (wanted !== this.wanted) return drawn.finalize();
      this.offer(options, chosen);
      this.place(chosen, drawn);
    }
    this.done = wanted;
    this.element.classList.remove("waits");
    this.drawing.classList.remove("stale");
  }
  place(chosen, { holder, finalize }) {
    this.release();
    this.release = finalize;
    this.chosen = chosen;
    this.drawing.replaceChildren(holder);
    const state = this.element.querySelector(".state");
    if (state) state.textContent = page.scenarios[scenario].title + (chosen.words ? " \u00b7 " + chosen.words : "");
    this.element.querySelector(".finding").textContent = chosen.title;
    this.element.querySelector(".sub").textContent = chosen.subtitle;
    this.tabulate();
    scrollable(this.box);
  }
  tabulate() {
    const place = this.numbers?.querySelector(".table");
    if (!place || !this.chosen?.table) return;
    place.replaceChildren(...(this.numbers.open ? [tableOf(this.chosen)] : []));
    scrollable(place);
  }
}

function tableOf({ title, table: { head, rows } }) {
  const cells = (row) => row.map((text, i) => (i ? make("td", { text }) : make("th", { text, scope: "row" })));
  return make("table", {},
    make("caption", { text: title }),
    make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { text, scope: "col" })))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row)))));
}
