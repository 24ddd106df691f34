"use strict";
// The left column: what was changed, the parameters that matter most for the outcome, a search over all, interests, and from when.
explorer.panel = (() => {
  const { make, byId, button } = explorer.widgets;
  const { words, settings, controls } = explorer;
  const MOST = 8; // parameters shown of a ranking
  const FOUND = 6; // parameters shown of a search

  // The largest share of an outcome's spread that a parameter explains.
  function weightsOf({ outcomes, parameters }) {
    const found = new Map();
    for (const [row, explained] of outcomes.flatMap(({ ranking }) => ranking)) {
      const { path } = parameters[row];
      found.set(path, Math.max(explained, found.get(path) ?? 0));
    }
    return found;
  }

  function create(data, store) {
    const isDrawn = (path) => settings.isDrawn(data.byPath.get(path));
    const turn = (path, change, gesture) => store.update((state) =>
      ({ [state.active]: change(state[state.active]), turned: isDrawn(path) ? path : state.turned }), gesture);
    const deed = { turn, rest: store.rest };
    const all = [...data.manifest.parameters, ...data.manifest.others];
    let [ranked, found, shown, listing, since] = [[], [], "", null, null];
    const weights = weightsOf(data.manifest);
    const cardOf = (parameter, note) => controls.card(parameter, { ...deed, note });

    // What matters most for an outcome, by the share of its spread among worlds that each explains.
    function rank(key) {
      const { ranking, label } = data.byKey.get(key);
      const few = ranking.slice(0, MOST);
      ranked = few.map(([row, explained, direction, matters]) => {
        const share = explained < 0.01 ? "under 1\u00a0%" : words.percent(explained);
        const note = matters ? `it ${direction} with this; ${share} of its spread` : "weak or not detectable here";
        return cardOf(data.manifest.parameters[row], note);
      });
      byId("ranked-none").hidden = few.length > 0;
      byId("ranked-for").textContent = `What matters most for: ${label}`;
      byId("ranked").replaceChildren(...ranked.map(({ element }) => element));
    }

    function foundWords(many) {
      if (many === 0) return "No parameter fits all these words. Try one word, such as sanctions, tenders, roots or R27.";
      if (many === 1) return "1 parameter fits.";
      return many > FOUND ? `${many} parameters fit. Add a word to see fewer.` : `${many} parameters fit.`;
    }
    function search(text, most = FOUND) {
      const hits = controls.find(all, text, (path) => weights.get(path) ?? 0);
      byId("found-all").hidden = hits.length <= most;
      byId("found-all").textContent = `Show all ${hits.length}`;
      found = hits.slice(0, most).map((parameter) => cardOf(parameter, ""));
      byId("found").replaceChildren(...found.map(({ element }) => element));
      byId("found").dataset.words = text;
      byId("found-many").textContent = text.trim() === "" ? "" : foundWords(hits.length);
      found.forEach((one) => one.update(store.now[store.now.active]));
    }
    let waiting = null;
    byId("search").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => search(byId("search").value), 100);
    });
    byId("found-all").addEventListener("click", () => {
      search(byId("search").value, all.length);
      document.querySelector(`#found .card:nth-child(${FOUND + 1}) input`)?.focus();
    });
    byId("search").addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.target.value = ""; search(""); }
    });

    const blocks = data.manifest.actors.map((actor) => explorer.interests.block(data, actor, deed));
    byId("first-actors").replaceChildren(...blocks.slice(0, 3).map(({ element }) => element));
    byId("more-actors").replaceChildren(...blocks.slice(3).map(({ element }) => element));
    byId("other-actors").hidden = blocks.length <= 3;

    const months = explorer.state.monthsOf(data.manifest);
    const option = (value, text) => make("option", { value, text });
    const later = months.slice(1).map((one) => option(one, words.month(one)));
    byId("from").replaceChildren(option("", `the start (${words.month(data.manifest.start)})`), ...later);
    byId("from").addEventListener("change", ({ target }) => store.turn((setting) =>
      ({ ...setting, month: target.value, until: target.value && setting.until > target.value ? setting.until : "" })));
    byId("until").addEventListener("change", ({ target }) => store.turn((setting) => ({ ...setting, until: target.value })));

    // The keyboard goes on where the list goes on.
    function remove(path) {
      store.turn((one) => settings.without(one, path));
      requestAnimationFrame(() => (document.querySelector("#changed button") ?? byId("search")).focus());
    }
    function listed(setting) {
      return setting.changes.map(({ path }) => {
        const parameter = data.byPath.get(path);
        const number = settings.valueIn(setting, parameter);
        return make("li", {},
          make("span", { class: "what" }, `${words.owner(parameter)}: ${words.bare(parameter.meaning)} `, make("code", { text: path }), make("br"),
            make("b", { text: `${words.value(parameter.central)} \u2192 ${words.quantity(parameter, number)}` }),
            parameter.saved_differs ? make("span", { class: "differs", text: " Saved as a file it can give other numbers: see its source." }) : null),
          button("Remove", () => remove(path), { class: "plain", "aria-label": `Remove ${path}` }));
      });
    }

    function update(state) {
      const setting = state[state.active];
      if (shown !== state.outcome) rank(state.outcome);
      shown = state.outcome;
      for (const one of [...ranked, ...found, ...blocks]) one.update(setting);
      byId("changed-in").textContent = state.both || state.active === "b" ? `What you changed in ${state.active.toUpperCase()}` : "What you changed";
      if (listing !== setting.changes) byId("changed").replaceChildren(...listed(setting));
      listing = setting.changes;
      byId("changed-none").hidden = setting.changes.length > 0;
      byId("from").value = setting.month;
      if (since !== setting.month) {
        const later = setting.month ? months.filter((month) => month > setting.month) : [];
        byId("until").replaceChildren(option("", "for good"), ...later.map((one) => option(one, words.month(one))));
      }
      since = setting.month;
      byId("until").value = setting.until;
      byId("until-part").hidden = !setting.month;
      byId("from-live").hidden = !setting.month || data.manifest.mode === "live";
    }
    return { update };
  }

  return { create };
})();
