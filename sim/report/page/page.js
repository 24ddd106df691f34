"use strict";
// The page's script: inflates what is to be seen, lets Vega draw it, and keeps the choices in the address.
(() => {
  const byId = (id) => document.getElementById(id);
  const page = JSON.parse(byId("manifest").textContent);
  const choices = { month: "", province: "", index: "", outcome: "" }; // "" is the section's own first choice
  let scenario = page.shown;
  const views = [];
  const report = (problem) => { byId("trouble").textContent = problem; byId("trouble").hidden = false; };

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
    const bytes = Uint8Array.from(atob(byId(id).textContent), (c) => c.charCodeAt(0));
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
    const isDescribed = spec.layer.some((layer) => layer.encoding.description); // its marks have descriptions of their own
    for (const outer of holder.querySelectorAll("[role]:has(svg)")) {
      for (const name of ["role", "aria-label", "aria-roledescription"]) outer.removeAttribute(name);
    }
    svg.setAttribute("role", isDescribed ? "graphics-document" : "img");
    svg.setAttribute("aria-label", name);
    return { holder, finalize: result.finalize };
  }

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

  // A box that can be scrolled sideways can be reached by keyboard; one that cannot is no stop on the way.
  function scrollable(box) {
    if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
  const sizing = new ResizeObserver((entries) => entries.forEach((entry) => scrollable(entry.target)));
  const watching = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const view = views.find((candidate) => candidate.element === entry.target);
      if (view) view.seen = entry.isIntersecting;
    }
    refresh();
  }, { rootMargin: "300px" });

  // What is in view is drawn first; the rest follows when the browser is idle, so that the page can be printed whole.
  let running = false;
  const pause = () => new Promise((go) => (window.requestIdleCallback ? requestIdleCallback(go, { timeout: 300 }) : setTimeout(go, 30)));
  async function refresh() {
    for (const view of views) if (view.stale && view.done !== null) view.drawing.classList.add("stale");
    if (running) return;
    running = true;
    document.documentElement.dataset.settled = "no";
    try {
      for (;;) {
        const next = views.find((view) => view.stale && view.seen) ?? views.find((view) => view.stale);
        if (!next) {
          const last = storiesReady;
          await last;
          if (last === storiesReady && !views.some((view) => view.stale)) break;
          continue;
        }
        if (!next.seen) await pause();
        if (next.stale) await next.show();
      }
      document.documentElement.dataset.settled = "yes";
    } catch (error) {
      report("A figure could not be drawn: " + error.message);
      console.error(error);
    } finally {
      running = false;
    }
  }

  // Stories of the chosen scenario.
  let storiesShown = null; // the scenario whose stories are on the page
  let storiesReady = Promise.resolve();
  async function showStories() {
    const place = byId("stories-of");
    if (!place) return;
    const wanted = scenario;
    const stories = await load("b-stories-" + wanted);
    if (wanted !== scenario || storiesShown === wanted) return;
    storiesShown = wanted;
    for (const view of views.filter(({ element }) => place.contains(element))) {
      view.release();
      watching.unobserve(view.element);
      views.splice(views.indexOf(view), 1);
    }
    byId("stories-none").hidden = stories.length > 0;
    place.replaceChildren(...stories.map(story));
    for (const element of place.querySelectorAll("[data-block]")) views.push(new View(element));
    refresh();
  }
  function story({ heading, share, summary, sentences, strip }, number) {
    const lines = sentences.map(([month, text, claims]) => make("li", {},
      make("time", { text: month }),
      make("span", { text }, ...claims.map((claim) => make("span", { class: "claim", text: claim })))));
    const article = make("article", { class: "story" },
      make("p", { class: "state", text: page.scenarios[scenario].title }),
      make("h3", { text: heading }),
      make("p", { class: "share", text: share }));
    if (strip) {
      const key = "story-" + number;
      inflated.set(key, Promise.resolve({ options: [{ value: "", words: "", ...strip }], first: 0 }));
      article.append(make("div", { "data-block": key + "-" + scenario }, make("figure", {},
        make("p", { class: "finding unseen" }), make("p", { class: "sub" }), make("div", { class: "box", role: "group", "aria-label": heading },
          make("div", { class: "drawing" })))));
      inflated.set(key + "-" + scenario, inflated.get(key));
    }
    article.append(make("details", { class: "numbers" }, make("summary", { text: summary }), make("ol", { class: "sentences" }, ...lines)));
    return article;
  }

  // Choosing a scenario.
  function choose(number, isAnnounced) {
    scenario = number;
    byId("scenario").selectedIndex = number;
    const { title, question } = page.scenarios[number];
    byId("asked").replaceChildren(make("b", { text: title }), question ? ": " + question : "");
    document.querySelectorAll(".scenario").forEach((entry) => {
      const isShown = entry.dataset.number === String(number);
      entry.classList.toggle("shown", isShown);
      entry.open = isShown;
    });
    forget(new Set(views.map(({ element }) => element.dataset.block.replace("*", number))));
    if (isAnnounced) byId("said").textContent = "Now shown: " + title;
    storiesReady = showStories();
    refresh();
  }

  // The address keeps what was chosen: #scenario=...&month=...&at=map
  let place = "";
  function remember() {
    const parameters = new URLSearchParams({ scenario: page.scenarios[scenario].name });
    for (const key of Object.keys(choices)) if (choices[key]) parameters.set(key, choices[key]);
    if (place) parameters.set("at", place);
    history.replaceState(null, "", "#" + parameters);
  }
  function recall() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    for (const key of Object.keys(choices)) choices[key] = parameters.get(key) ?? "";
    const found = page.scenarios.findIndex(({ name }) => name === parameters.get("scenario"));
    place = parameters.get("at") ?? "";
    choose(found < 0 ? page.shown : found, false);
    if (byId(place)) requestAnimationFrame(() => byId(place)?.scrollIntoView());
  }
  function go(id) {
    const target = byId(id);
    if (!target) return;
    place = id;
    remember();
    if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  function begin() {
    if (typeof DecompressionStream !== "function") return report("This page needs a browser from 2023 or later to draw its figures.");
    document.querySelectorAll("[data-block]").forEach((element) => views.push(new View(element)));
    byId("scenario").addEventListener("change", (event) => { choose(event.target.selectedIndex, true); remember(); });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="#"]');
      const button = event.target.closest?.("button.choose");
      if (link) { event.preventDefault(); go(link.getAttribute("href").slice(1)); }
      if (button) { choose(Number(button.dataset.scenario), true); go("chosen"); }
    });
    window.addEventListener("hashchange", recall);
    const closed = () => document.querySelectorAll(".numbers[data-print]:not([open])");
    let opened = [];
    window.addEventListener("beforeprint", () => { opened = [...closed()]; opened.forEach((details) => { details.open = true; }); });
    window.addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
    recall();
  }
  begin();
})();
