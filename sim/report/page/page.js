"use strict";
// The page's script: inflates what is to be seen, lets Vega draw it, and keeps the choices in the address.
(() => {
  const at = (id) => document.getElementById(id);
  const page = JSON.parse(at("manifest").textContent);
  const choices = { month: "", province: "", index: "" }; // "" is the section's own first choice
  let scenario = page.shown;
  const views = [];
  const trouble = (words) => { at("trouble").textContent = words; at("trouble").hidden = false; };

  // Elements and texts. A text from a file only ever becomes textContent.
  function make(name, { text, ...attributes } = {}, ...inside) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    element.append(...inside);
    return element;
  }

  // Blocks of gzipped JSON in base64.
  async function inflate(id) {
    const bytes = Uint8Array.from(atob(at(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }
  const inflated = new Map();
  function load(id) {
    if (!inflated.has(id)) inflated.set(id, inflate(id).then(JSON.parse));
    return inflated.get(id);
  }
  function forget(kept) {
    for (const id of inflated.keys()) if (id.startsWith("b-") && !kept.has(id)) inflated.delete(id);
  }

  // The drawing engine, started once.
  let starting = null;
  function engine() {
    starting ??= inflate("engine").then((text) => {
      document.head.append(make("script", { text }));
      if (typeof window.vegaEmbed !== "function") throw new Error("the drawing engine did not start");
      return window.vegaEmbed;
    });
    return starting;
  }

  // A packed spec as Vega-Lite knows it.
  function unpacked({ spec, config, layers, data }, shared) {
    const layer = layers.map((kind, i) => ({ ...shared.layers[kind], data: { values: rows(data[i], shared) } }));
    return { ...spec, layer, config: { ...shared.configs[config], padding: 2 } };
  }
  function rows({ n, same, columns, shape }, shared) {
    return Array.from({ length: n }, (_, i) => {
      const row = { ...same };
      for (const key of Object.keys(columns)) row[key] = columns[key][i];
      if (shape) row.geometry = shared.geometries[shape[i]];
      return row;
    });
  }
  const refused = () => Promise.reject(new Error("nothing is loaded from outside"));
  const loader = { load: refused, sanitize: refused, http: refused, file: refused };
  const options = {
    mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, loader,
    tooltip: { theme: "custom", offsetX: 12, offsetY: 12 },
  };

  async function draw(figure, name) {
    const [embed, shared] = await Promise.all([engine(), load("shared")]);
    const holder = make("div");
    const spec = unpacked(figure, shared);
    const result = await embed(holder, spec, options);
    const svg = holder.querySelector("svg");
    const voiced = spec.layer.some((layer) => layer.encoding.description); // has words of its own for its marks
    for (const outer of holder.querySelectorAll("[role]:has(svg)")) {
      for (const said of ["role", "aria-label", "aria-roledescription"]) outer.removeAttribute(said);
    }
    svg.setAttribute("role", voiced ? "graphics-document" : "img");
    svg.setAttribute("aria-label", name);
    return { holder, finalize: result.finalize };
  }

  // One figure in its place: what it should show is asked anew each time, so that a choice made meanwhile is never lost.
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
      const at = options.indexOf(chosen);
      if (this.input.type === "range") {
        this.input.max = String(options.length - 1);
        this.input.value = String(at);
      } else {
        this.input.replaceChildren(...options.map((one) => make("option", { value: one.value, text: one.words })));
        this.input.selectedIndex = at;
      }
      this.name(chosen);
    }
    async show() {
      const wanted = this.wanted;
      const { options, first } = await load(this.block);
      if (wanted !== this.wanted) return;
      const none = this.element.querySelector(".without");
      if (none) none.hidden = options.length > 0;
      this.figure.hidden = options.length === 0;
      if (this.control) this.control.hidden = options.length === 0;
      if (options.length > 0) {
        const chosen = options.find((one) => one.value === choices[this.choice]) ?? options[first];
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

  // A box that can be scrolled sideways can be reached by keyboard; one that cannot is no stop on the way.
  function scrollable(box) {
    if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
  const sizing = new ResizeObserver((entries) => entries.forEach((entry) => scrollable(entry.target)));
  const watching = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const view = views.find((one) => one.element === entry.target);
      if (view) view.seen = entry.isIntersecting;
    }
    refresh();
  }, { rootMargin: "300px" });

  // What is seen is drawn first; all else follows when nothing else is to be done, so that the page can be printed whole.
  let running = false;
  const pause = () => new Promise((go) => (window.requestIdleCallback ? requestIdleCallback(go, { timeout: 300 }) : setTimeout(go, 30)));
  async function refresh() {
    for (const view of views) if (view.stale && view.done !== null) view.drawing.classList.add("stale");
    if (running) return;
    running = true;
    document.documentElement.dataset.settled = "no";
    try {
      for (;;) {
        const next = views.find((one) => one.stale && one.seen) ?? views.find((one) => one.stale);
        if (!next) {
          const last = telling;
          await last;
          if (last === telling && !views.some((one) => one.stale)) break;
          continue;
        }
        if (!next.seen) await pause();
        if (next.stale) await next.show();
      }
      document.documentElement.dataset.settled = "yes";
    } catch (fault) {
      trouble("A figure could not be drawn: " + fault.message);
      console.error(fault);
    } finally {
      running = false;
    }
  }

  // Stories of the chosen scenario.
  let told = null;
  let telling = Promise.resolve();
  async function tell() {
    const place = at("stories-of");
    if (!place) return;
    const mine = scenario;
    const stories = await load("b-stories-" + mine);
    if (mine !== scenario || told === mine) return;
    told = mine;
    for (const view of views.filter((one) => place.contains(one.element))) {
      view.release();
      watching.unobserve(view.element);
      views.splice(views.indexOf(view), 1);
    }
    at("stories-none").hidden = stories.length > 0;
    place.replaceChildren(...stories.map(story));
    for (const element of place.querySelectorAll("[data-block]")) views.push(new View(element));
    refresh();
  }
  function story(one, number) {
    const sentences = one.sentences.map(([month, text, claims]) => make("li", {},
      make("time", { text: month }),
      make("span", { text }, ...claims.map((claim) => make("span", { class: "claim", text: claim })))));
    const article = make("article", { class: "story" },
      make("p", { class: "state", text: page.scenarios[scenario].title }),
      make("h3", { text: one.heading }),
      make("p", { class: "share", text: one.share }));
    if (one.strip) {
      const key = "story-" + number;
      inflated.set(key, Promise.resolve({ options: [{ value: "", words: "", ...one.strip }], first: 0 }));
      article.append(make("div", { "data-block": key + "-" + scenario }, make("figure", {},
        make("p", { class: "finding unseen" }), make("p", { class: "sub" }), make("div", { class: "box", role: "group", "aria-label": one.heading },
          make("div", { class: "drawing" })))));
      inflated.set(key + "-" + scenario, inflated.get(key));
    }
    article.append(make("details", { class: "numbers" }, make("summary", { text: one.many }), make("ol", { class: "told" }, ...sentences)));
    return article;
  }

  // Choosing a scenario.
  function choose(number, aloud) {
    scenario = number;
    at("scenario").selectedIndex = number;
    const { title, question } = page.scenarios[number];
    at("asked").replaceChildren(make("b", { text: title }), question ? ": " + question : "");
    document.querySelectorAll(".scenario").forEach((one, i) => {
      one.classList.toggle("shown", i === number);
      one.open = i === number;
    });
    forget(new Set(views.map((one) => one.element.dataset.block.replace("*", number))));
    if (aloud) at("said").textContent = "Now shown: " + title;
    telling = tell();
    refresh();
  }

  // The address keeps what was chosen: #scenario=...&month=...&at=map
  let place = "";
  function remember() {
    const said = new URLSearchParams({ scenario: page.scenarios[scenario].name });
    for (const key of ["month", "province", "index"]) if (choices[key]) said.set(key, choices[key]);
    if (place) said.set("at", place);
    history.replaceState(null, "", "#" + said);
  }
  function recall() {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const key of ["month", "province", "index"]) choices[key] = said.get(key) ?? "";
    const found = page.scenarios.findIndex((one) => one.name === said.get("scenario"));
    place = said.get("at") ?? "";
    choose(found < 0 ? page.shown : found, false);
    if (place && at(place)) requestAnimationFrame(() => at(place)?.scrollIntoView());
  }
  function go(id) {
    const target = at(id);
    if (!target) return;
    place = id;
    remember();
    if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  function begin() {
    if (typeof DecompressionStream !== "function") return trouble("This page needs a browser of 2023 or later to draw its figures.");
    document.querySelectorAll("[data-block]").forEach((element) => views.push(new View(element)));
    at("scenario").addEventListener("change", (event) => { choose(event.target.selectedIndex, true); remember(); });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="#"]');
      const button = event.target.closest?.("button.choose");
      if (link) { event.preventDefault(); go(link.getAttribute("href").slice(1)); }
      if (button) { choose(Number(button.dataset.scenario), true); go("chosen"); }
    });
    window.addEventListener("hashchange", recall);
    const closed = () => document.querySelectorAll(".numbers[data-print]:not([open])");
    let opened = [];
    window.addEventListener("beforeprint", () => { opened = [...closed()]; opened.forEach((one) => { one.open = true; }); });
    window.addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
    recall();
  }
  begin();
})();
