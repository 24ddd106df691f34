"use strict";
// The page begins: data are unpacked, the parts are joined, and from then on every change is drawn once a frame.
(() => {
  const { byId, make } = explorer.widgets;
  const { words, settings, answers } = explorer;
  const QUIET = 700; // milliseconds of rest before the sentence is read out
  const SLOW = 300; // milliseconds between two renewals of the address: browsers refuse more than some hundreds a minute
  const say = (text) => { byId("notice-text").textContent = text; byId("notice").hidden = text === ""; };
  const fail = (text) => { byId("trouble").textContent = text; byId("trouble").hidden = false; };

  // Choices that never change after the start.
  function offer(data) {
    const option = ({ key, label }) => make("option", { value: key, text: words.capital(label) });
    const group = (label, outcomes) => make("optgroup", { label }, ...outcomes.map(option));
    const [classes, flags, indices] = ["class", "flag", "index"].map((kind) => answers.outcomesOf(data, kind));
    const isFall = ({ key }) => key === "fallen";
    byId("outcome").replaceChildren(
      group("Outcomes between the partners", classes.filter((one) => !isFall(one))),
      group("Fall of the government", [...classes.filter(isFall), ...flags]),
      group("Indices at the horizon", indices));
    byId("index").replaceChildren(...indices.map(option));
    byId("power").replaceChildren(...data.manifest.powers.map(option));
  }

  function begin(data) {
    offer(data);
    let [drawing, speaking, spoken, arrived, remembering] = [false, null, "", 0, null];
    let sides = [];
    const { state: opened, ignored } = explorer.state.read(location.hash, data);
    const store = explorer.state.store(opened, () => wake());
    const live = data.manifest.mode === "live" ? explorer.live ?? null : null;
    const runs = explorer.liveRuns.manager(data, live, () => wake(), say);
    const panel = explorer.panel.create(data, store);
    const results = explorer.results.create(data, runs);
    const saving = explorer.saveDialog.create(data, store, () => {
      const shown = sides.find(({ name, reads }) => reads && name === store.now.active);
      return shown ? `${shown.text} ${shown.support}` : "";
    });

    function wake() {
      if (drawing) return;
      drawing = true;
      arrived = performance.now();
      requestAnimationFrame(draw);
    }
    function draw() {
      drawing = false;
      const state = store.now;
      panel.update(state);
      sides = results.update(state);
      tools(state);
      explorer.lastAnswer = performance.now() - arrived; // milliseconds from a change to the page that shows it
      document.documentElement.dataset.settled = "yes";
      runs.show(state[state.active]);
      clearTimeout(speaking);
      speaking = setTimeout(() => speak(sides), QUIET);
      remembering ??= setTimeout(remember, SLOW);
    }
    function remember() {
      clearTimeout(remembering);
      remembering = null;
      history.replaceState(null, "", explorer.state.written(store.now));
    }
    function speak(shown) {
      const text = shown.map(({ letter, text: said, support }) => `${letter ? `Setting ${letter}: ` : ""}${said} ${support}`).join(" ");
      if (text !== spoken) byId("spoken").textContent = text;
      spoken = text;
    }
    function listed({ letter, setting }) {
      const changes = explorer.sentence.changesIn(data, setting).join("; ") || words.reference(data.manifest);
      return `${letter ? `${letter}: ` : ""}${changes}${setting.month ? `, from ${words.month(setting.month)}` : ""}`;
    }
    function tools(state) {
      byId("undo").disabled = !store.canUndo;
      byId("redo").disabled = !store.canRedo;
      byId("reset").disabled = settings.isEmpty(state[state.active]) && !state[state.active].month;
      byId("save-open").disabled = settings.isEmpty(state[state.active]);
      byId("outcome").value = state.outcome;
      byId("power").value = state.power;
      byId("both").checked = state.both;
      for (const side of ["a", "b"]) byId(`edit-${side}`).checked = state.active === side;
      document.querySelectorAll(".sides").forEach((part) => { part.hidden = !(state.both || state.active === "b"); });
      for (const kind of ["difference", "spheres"]) byId(`map-${kind}`).checked = state.map === kind;
      byId("outcome-meaning").textContent = `${words.capital(words.bare(data.byKey.get(state.outcome).meaning ?? ""))}.`;
      byId("print-setting").textContent = `Setting \u2013 ${sides.map(listed).join(". ")}`;
      byId("live-status").textContent = live ? runs.status(state[state.active]) : "";
      const run = runs.of(state[state.active]);
      byId("live-stop").hidden = !run?.going;
      byId("live-1000").hidden = run?.n >= Math.min(1000, data.n) || (run?.going && run.until >= Math.min(1000, data.n));
      byId("live-part").hidden = !live || settings.isEmpty(state[state.active]);
    }

    const on = (id, event, act) => byId(id).addEventListener(event, act);
    const withIndex = (key) => (data.byKey.get(key).kind === "index" ? { outcome: key, index: key } : { outcome: key });
    on("outcome", "change", ({ target }) => store.update(() => withIndex(target.value)));
    on("index", "change", ({ target }) => store.update(() => ({ index: target.value })));
    on("power", "change", ({ target }) => store.update(() => ({ power: target.value, map: "difference" })));
    for (const kind of ["difference", "spheres"]) on(`map-${kind}`, "change", () => store.update(() => ({ map: kind })));
    on("both", "change", ({ target }) => store.update((state) => ({ both: target.checked, active: target.checked ? "b" : "a",
      ...(target.checked && settings.isEmpty(state.b) ? { b: state.a } : {}) })));
    for (const side of ["a", "b"]) on(`edit-${side}`, "change", () => store.update(() => ({ active: side })));
    on("copy-ab", "click", () => store.update((state) => ({ b: state.a })));
    on("copy-ba", "click", () => store.update((state) => ({ a: state.b })));
    on("undo", "click", store.undo);
    on("redo", "click", store.redo);
    on("reset", "click", () => store.turn(() => settings.empty()));
    on("save-open", "click", saving.open);
    on("notice-close", "click", () => say(""));
    on("link", "click", async () => {
      remember();
      try { await navigator.clipboard.writeText(location.href); say("The link is copied. It keeps everything you see here."); }
      catch { say("The browser does not allow copying. The address of this page is the link; copy it from there."); }
    });
    on("live-1000", "click", () => runs.more(store.now[store.now.active], 1000));
    on("live-more", "change", ({ target }) => { if (target.value) runs.more(store.now[store.now.active], Number(target.value)); target.value = ""; });
    on("live-stop", "click", () => runs.halt(store.now[store.now.active]));
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches?.("input[type=text], input[type=search], textarea")) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) store.redo();
      else store.undo();
    });
    window.addEventListener("hashchange", () => follow(explorer.state.read(location.hash, data)));
    window.addEventListener("resize", wake);
    window.addEventListener("pagehide", remember);
    // What sticks below the tools begins where they end, and nothing that has the focus hides behind it.
    const heights = { "--bar": document.querySelector(".tools"), "--summary": document.querySelector(".summary") };
    const { style } = document.documentElement;
    const sizes = new ResizeObserver(() => Object.entries(heights).forEach(([name, part]) => style.setProperty(name, `${part.offsetHeight}px`)));
    Object.values(heights).forEach((part) => sizes.observe(part));
    let opening = [];
    window.addEventListener("beforeprint", () => {
      opening = [...document.querySelectorAll("details[data-print]:not([open])")];
      opening.forEach((part) => { part.open = true; part.build?.(); });
    });
    window.addEventListener("afterprint", () => opening.forEach((part) => { part.open = false; }));

    function follow({ state, ignored: parts }) {
      store.replace(state);
      warn(parts);
    }
    function warn(parts) {
      if (parts.length === 0) return;
      const first = `\u201c${explorer.scenarioText.oneLine(parts[0]).slice(0, 60)}\u201d`;
      say(parts.length === 1 ? `One part of the link was not understood and is left out: ${first}.`
        : `${parts.length} parts of the link were not understood and are left out, the first of them ${first}.`);
    }
    warn(ignored);
    live?.about().then(({ problem }) => { if (problem) say(problem); });
    Object.assign(explorer, { store, remember });
    explorer.data = data;
    wake();
    (window.requestIdleCallback ?? setTimeout)(() => rehearse(data));
  }

  // The browser compiles what it has seen run: the first slider should not wait for that.
  function rehearse(data) {
    const { path } = data.manifest.parameters[0];
    for (const quantile of [0.3, 0.6]) {
      const answer = answers.of(data, { changes: [{ path, quantile }], month: "", until: "" }, null);
      answer.family("class");
      answer.family("index");
      answer.influence(0);
    }
  }

  async function start() {
    if (typeof DecompressionStream !== "function" || typeof String.prototype.toWellFormed !== "function") {
      fail("This page needs a browser of 2024 or later.");
      return;
    }
    try {
      byId("loading").hidden = false;
      const data = await explorer.decode.load();
      const { parameters, others, outcomes } = data.manifest;
      data.byPath = new Map([...parameters, ...others].map((one) => [one.path, one]));
      data.byKey = new Map(outcomes.map((one) => [one.key, one]));
      begin(data);
      byId("main").hidden = false;
      window.dispatchEvent(new Event("resize"));
    } catch (error) {
      fail(`The page could not unpack its worlds: ${error.message}. Was the file downloaded whole?`);
      console.error(error);
    }
    byId("loading").hidden = true;
  }
  start();
})();
