"use strict";
// The right columns: sentence, bars, curves and map of the settings shown.
explorer.results = (() => {
  const { make, byId, tabulate } = explorer.widgets;
  const { words, answers, settings, bars, map, curves, sentence } = explorer;
  const KEPT = 12; // answers and curves remembered

  function remembered(compute) {
    const known = new Map();
    return (key, ...inputs) => {
      if (!known.has(key)) known.set(key, compute(...inputs));
      const found = known.get(key);
      known.delete(key);
      known.set(key, found);
      while (known.size > KEPT) known.delete(known.keys().next().value);
      return found;
    };
  }

  const badge = (letter) => make("b", { class: "letter", text: letter });

  function create(data, runs) {
    const answerOf = remembered((setting, run) => answers.of(data, setting, run));
    const curveOf = remembered((setting, path, key) => answers.response(data, setting, path, key));
    const nothing = settings.empty();
    const maps = new Map();

    // One setting as it is shown: where it cannot be answered, the figures show the baseline in grey.
    function sideOf(state, name) {
      const setting = state[name];
      const run = setting.changes.length > 0 ? runs.of(setting) : null;
      const ready = run && run.n > 0 ? run : null;
      const reason = settings.beyondStored(setting, data.byPath, words);
      const answer = answerOf(`${JSON.stringify(setting)}|${ready ? ready.n : 0}`, setting, ready);
      const stored = ready && !reason ? answerOf(`${JSON.stringify(setting)}|0`, setting, null) : null;
      const said = sentence.of(data, { setting, answer, reason, failed: Boolean(run?.problem) }, state.outcome);
      const letter = state.both ? name.toUpperCase() : "";
      const plain = said.reads ? answer : answerOf(`${JSON.stringify(nothing)}|0`, nothing, null);
      return {
        name, letter, setting, reads: said.reads, text: said.text, answer: plain, isEmpty: setting.changes.length === 0 || !said.reads,
        support: sentence.support(data, { setting, answer, reason, stored }, state.outcome),
      };
    }

    function showSummary(state, sides) {
      byId("sentence").replaceChildren(...sides.map(({ letter, text, reads, name }) =>
        make("span", { class: `said${reads ? "" : " cannot"}${name === state.active ? "" : " resting"}` }, ...(letter ? [badge(letter), ` ${text}`] : [text]))));
      byId("support").textContent = sides.map(({ letter, support }) => (letter && support ? `${letter}: ${support}` : support)).join(" ");
      byId("sentence").classList.toggle("two", sides.length > 1);
      const place = byId("bars");
      place.classList.toggle("muted", sides.every(({ reads }) => !reads));
      place.replaceChildren(bars.drawn(data, sides, "class", state.outcome, place.clientWidth || 340));
      tabulate(byId("bars-numbers"), () => [bars.tableOf(data, sides, ["class", "flag", "territory"])]);
    }

    function movedWords(sides, shown, many) {
      if (!shown) return sides.some(({ reads }) => !reads) ? "Not known for this setting." : "Turn a slider to see which indices move.";
      const which = shown.letter ? `Setting ${shown.letter}.` : "";
      return many === 0 ? `${which} No index moves detectably.` : which;
    }
    function showIndices(state, sides) {
      const shown = sides.find(({ isEmpty }) => !isEmpty);
      const rows = shown ? bars.indexRows(data, [shown]).slice(0, 6) : [];
      byId("moved-indices").replaceChildren(...rows.map(({ outcome, one }) => make("li", {},
        make("span", { text: outcome.label }), make("b", { text: words.withUnit(outcome, one) }),
        one.status === "set" ? make("span", { class: "note", text: "set by you, not found" }) : null)));
      byId("moved-none").textContent = movedWords(sides, shown, rows.length);
      tabulate(byId("indices-numbers"), () => [bars.indexTable(data, sides)]);
    }

    // Over the range of the parameter turned last, or of the first that is ranked.
    function showResponse(state, sides) {
      const outcome = data.byKey.get(state.outcome);
      const first = data.manifest.parameters[outcome.ranking[0]?.[0] ?? 0].path;
      const turned = [state.turned, ...sides.flatMap(({ setting }) => setting.changes.map((one) => one.path))];
      const path = turned.find((one) => data.byPath.get(one)?.values) ?? first;
      const parameter = data.byPath.get(path);
      const found = sides.map(({ letter, setting }) => {
        const others = settings.without({ ...setting, month: "", until: "" }, path);
        const change = setting.changes.find((one) => one.path === path);
        const points = curveOf(`${JSON.stringify(others)}|${path}|${state.outcome}`, others, path, state.outcome);
        return { letter, quantile: change?.quantile ?? null, points };
      });
      const place = byId("response");
      byId("response-title").textContent = `${words.capital(outcome.label)} over ${path}`;
      byId("response-meaning").textContent = `${words.owner(parameter)}: ${words.bare(parameter.meaning)}.`;
      const svg = curves.response({ outcome, parameter, curves: found, colour: outcome.colour ?? "#0f6b5c", width: place.clientWidth || 340 });
      place.replaceChildren(svg ?? make("p", { class: "note", text: "Too few stored worlds lie near this setting to draw the curve." }));
      tabulate(byId("response-numbers"), () => [curves.responseTable({ outcome, parameter, curves: found })]);
    }

    function showYears(state, sides) {
      const index = data.byKey.get(state.index);
      const place = byId("years");
      byId("index").value = state.index;
      const each = index.flow ? "Sum of each year" : "Mean of each year";
      byId("years-meaning").textContent = `${words.capital(words.bare(index.meaning))}. ${each}, over worlds in which the government stands.`;
      place.classList.toggle("muted", sides.every(({ reads }) => !reads));
      place.replaceChildren(curves.years({ manifest: data.manifest, index, sides, colour: "#0f6b5c", width: place.clientWidth || 340 }));
      tabulate(byId("years-numbers"), () => [curves.yearsTable({ manifest: data.manifest, index, sides })]);
    }

    function mapTitle(state, sides, { label }) {
      if (state.map === "spheres") return "Likeliest sphere in each province.";
      if (sides.every(({ isEmpty }) => isEmpty)) return `Influence of ${label} in each province, ${words.reference(data.manifest)}.`;
      return `Difference in the influence of ${label}, in points.`;
    }
    function showMap(state, sides) {
      const place = byId("maps");
      const width = (place.clientWidth || 340) / (sides.length > 1 && place.clientWidth > 560 ? 2 : 1);
      const power = data.manifest.powers.find(({ key }) => key === state.power);
      const title = mapTitle(state, sides, power);
      byId("map-title").textContent = title;
      const wanted = sides.map(({ name }) => name).join("");
      if (maps.get("wanted") !== wanted || Math.abs(maps.get("width") - width) > 1) {
        maps.clear();
        maps.set("wanted", wanted).set("width", width);
        const figures = sides.map(({ name, letter }) => {
          const built = map.build(data, width, `hatch-${name}`);
          maps.set(name, built);
          return make("figure", { class: "one-map" }, letter ? make("figcaption", {}, badge(letter)) : null, built.svg);
        });
        place.replaceChildren(...figures);
      }
      for (const { name, letter, answer, isEmpty, reads } of sides) {
        const built = maps.get(name);
        built.svg.classList.toggle("muted", !reads);
        map.paint(data, built, answer, { map: state.map, power: state.power, isEmpty, said: `${letter ? `${letter}: ` : ""}${title}` });
      }
      byId("map-key").hidden = state.map === "spheres";
      byId("map-rule").hidden = state.map !== "spheres";
      tabulate(byId("map-numbers"), () => [map.tableOf(data, sides, state.power)]);
    }

    function update(state) {
      const sides = (state.both ? ["a", "b"] : [state.active]).map((name) => sideOf(state, name));
      showSummary(state, sides);
      showIndices(state, sides);
      showResponse(state, sides);
      showYears(state, sides);
      showMap(state, sides);
      return sides;
    }
    return { update };
  }

  return { create };
})();
