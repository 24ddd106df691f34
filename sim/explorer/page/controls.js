"use strict";
// Cards of parameters: a slider over the plausible range, a field for an exact number or a factor, grade and source.
explorer.controls = (() => {
  const { make, button } = explorer.widgets;
  const { words, settings } = explorer;
  let cards = 0; // made so far, for ids

  // What was typed in a number field: "6.45", or a factor of the baseline's value: "x1.5", "*2".
  function typed(text, parameter) {
    const plain = text.trim().replace(",", ".").replace(words.MINUS, "-");
    const factor = /^[x\u00d7*]\s*(\d+(?:\.\d+)?)$/i.exec(plain);
    const number = factor ? parameter.central * Number(factor[1]) : Number(plain);
    if (plain === "" || !Number.isFinite(number)) return { problem: "A number is needed, such as 6.45, or a factor such as x1.5." };
    const [low, high] = parameter.bounds;
    if (number < low || number > high) return { problem: `It must lie between ${words.value(low)} and ${words.value(high)} (${parameter.unit}).` };
    return { number: Number(number.toPrecision(8)) };
  }

  function rangeWords(parameter) {
    if (!settings.isDrawn(parameter)) return "The same in every world; only the live mode can change it.";
    const [low, high, central] = [parameter.low, parameter.high, parameter.central].map(words.value);
    return `Plausible: ${low} to ${high}, half of the worlds on either side of ${central}.`;
  }
  function sources(parameter) {
    const claims = parameter.claims.length > 0 ? `Claims of the report: ${parameter.claims.join(", ")}.` : null;
    return make("details", { class: "source" },
      make("summary", {}, make("span", { class: `grade ${parameter.grade}`, text: parameter.grade }),
        make("span", { class: "more", text: "grade and source" })),
      make("p", { text: `${words.capital(parameter.grade)} (${words.GRADES[parameter.grade] ?? "a grade of its own"}): ${parameter.source}` }),
      make("p", { text: rangeWords(parameter) }),
      claims ? make("p", { text: claims }) : null,
      parameter.saved_differs ? make("p", { class: "differs", text: DIFFERS }) : null);
  }
  const DIFFERS = "A world is measured against its own start at rest. A draw of this parameter moves that start, and the number in a "
    + "saved file does not: its run can give other numbers than are shown here.";

  // A card that follows the state; `note` says why it is offered. `turn(change, gesture)` is called with the change of the setting.
  function card(parameter, { turn, rest, note = "", level = "h3" }) {
    const id = `card-${cards += 1}`;
    const { path } = parameter;
    const changed = (setting, next) => (next ? settings.changed(setting, next) : settings.without(setting, path));
    const change = (next, gesture = null) => turn(path, (setting) => changed(setting, next), gesture);
    const was = make("span", { class: "was" });
    const field = make("input", { type: "text", id: `${id}-number`, inputmode: "decimal", autocomplete: "off", spellcheck: "false",
      "aria-label": `${path}: exact number or factor` });
    const problem = make("p", { class: "problem", role: "alert", hidden: true });
    const range = settings.isDrawn(parameter)
      ? make("input", { type: "range", id: `${id}-range`, min: 0, max: 1, step: 0.01, "aria-labelledby": `${id}-title` }) : null;
    const reset = button("Reset", () => { change(null); field.focus(); }, { class: "plain reset", "aria-label": `Reset ${path}` });

    function enter(text) {
      const found = typed(text, parameter);
      problem.hidden = !found.problem;
      problem.textContent = found.problem ?? "";
      if (!found.problem) change(settings.changeTo(parameter, found.number));
    }
    field.addEventListener("change", () => enter(field.value));
    range?.addEventListener("input", () => { problem.hidden = true; change({ path, quantile: Number(range.value) }, `drag ${path}`); });
    range?.addEventListener("change", rest);
    const factors = [["\u00d7\u00bd", "x0.5"], ["\u00d71.5", "x1.5"], ["\u00d72", "x2"]].map(([text, factor]) =>
      button(text, () => enter(factor), { class: "factor", "aria-label": `${path}: ${text} of ${words.value(parameter.central)}` }));

    const element = make("article", { class: "card", "data-path": path },
      make(level, { class: "title", id: `${id}-title` },
        make("span", { class: "owner", text: words.owner(parameter) }), ` ${words.title(parameter)}`),
      make("p", { class: "path" }, make("code", { text: path }), note ? make("span", { class: "note", text: note }) : null,
        parameter.saved_differs ? make("span", { class: "note", text: "a saved file acts otherwise" }) : null),
      make("div", { class: "exact" }, field, make("span", { class: "unit", text: parameter.unit }),
        ...(parameter.central ? [make("span", { class: "factors" }, ...factors)] : [])),
      range ? make("div", { class: "track" }, range, make("div", { class: "ends", "aria-hidden": "true" },
        ...[0, 0.5, 1].map((place) => make("span", { text: words.value(settings.valueAt(parameter, place)) })))) : null,
      problem, make("div", { class: "foot" }, sources(parameter), was, reset));

    function update(setting) {
      const number = settings.valueIn(setting, parameter);
      const now = setting.changes.find((one) => one.path === path);
      const text = words.quantity(parameter, number);
      element.classList.toggle("changed", Boolean(now));
      element.classList.toggle("beyond", Boolean(now && "value" in now));
      was.textContent = now ? `baseline ${words.value(parameter.central)}` : range ? "" : "the same in every world";
      reset.hidden = !now;
      if (document.activeElement !== field) field.value = words.exact(number);
      if (!range) return;
      range.value = String(now ? now.quantile ?? settings.quantileOf(parameter, number) ?? (number > parameter.central ? 1 : 0) : 0.5);
      range.setAttribute("aria-valuetext", text);
    }
    return { element, path, update };
  }

  // Parameters that fit all words looked for. First come those of the section that is named, whose path fits, that stored worlds can answer,
  // and that matter most for any outcome: `weight` of a path is the largest share of an outcome's spread that it explains.
  function find(parameters, text, weight = () => 0) {
    const wanted = text.toLowerCase().split(/[\s.,_]+/).filter(Boolean);
    if (wanted.length === 0) return [];
    const scored = parameters.map((parameter, i) => {
      const path = parameter.path.toLowerCase().replaceAll("_", " ");
      const meaning = `${parameter.meaning} ${parameter.unit} ${parameter.group ?? ""}`.toLowerCase();
      const rest = `${parameter.claims.join(" ")} ${parameter.source} ${parameter.grade}`.toLowerCase();
      const section = path.split(".")[0];
      const points = wanted.map((word) => (section === word ? 2 : 0) + (path.includes(word) ? 4 : 0) + (meaning.includes(word) ? 2 : 0) + (rest.includes(word) ? 1 : 0));
      const isDrawn = settings.isDrawn(parameter) ? 3 : 0;
      const isFound = points.every((one) => one > 0);
      return { parameter, score: isFound ? points.reduce((sum, one) => sum + one, isDrawn + 6 * weight(parameter.path)) - i * 1e-4 : -1 };
    });
    return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).map(({ parameter }) => parameter);
  }

  return { card, find, typed, DIFFERS };
})();
