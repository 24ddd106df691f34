"use strict";
// What an actor wants: one bar of normalised shares, before and now. Only proportions count, so one weight moves all shares.
explorer.interests = (() => {
  const { make } = explorer.widgets;
  const { words, settings } = explorer;

  function sharesOf(data, setting, actor) {
    const weights = actor.interests.map(({ path }) => Math.max(0, settings.valueIn(setting, data.byPath.get(path))));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => (sum > 0 ? weight / sum : 0));
  }

  // The largest first, so that those with room for a name stand together.
  function ordered(data, actor) {
    const interests = actor.interests.filter(({ path }) => data.byPath.has(path));
    const weight = ({ path }) => data.byPath.get(path).central;
    return { ...actor, interests: interests.sort((a, b) => weight(b) - weight(a)) };
  }

  // A block of an actor: the bars, and a slider for the interest that is picked.
  function block(data, actor, { turn, rest }) {
    const known = ordered(data, actor);
    const before = sharesOf(data, settings.empty(), known);
    const shown = known.interests.map((_, i) => i).filter((i) => before[i] > 0 || settings.isDrawn(data.byPath.get(known.interests[i].path)));
    const id = `interest-${actor.key}`;
    const select = make("select", { id }, ...known.interests.map(({ label }, i) => make("option", { value: i, text: label })));
    const bars = ["before", "now"].map((when) => make("div", { class: `shares ${when}` },
      ...known.interests.map(({ label }, i) => {
        const segment = make("span", { class: "part", title: label }, make("b", { text: label }), make("i", {}));
        segment.style.backgroundColor = tint(actor.colour, i);
        segment.addEventListener("click", () => { select.value = String(i); pick(); });
        return segment;
      })));
    const figure = make("div", { role: "img", class: "interests" }, ...bars);
    const place = make("div", { class: "picked" });
    const part = make("output", { for: id });
    const element = make("section", { class: "actor", "aria-label": `Interests: ${actor.title}` },
      make("h3", { text: actor.title }), figure, make("p", { class: "pick" }, make("label", { for: id, text: "Weight of" }), select, part), place);
    let card = null;
    let last = settings.empty();
    function pick() {
      card = explorer.controls.card(data.byPath.get(known.interests[Number(select.value)].path), { turn, rest, level: "h4" });
      place.replaceChildren(card.element);
      update(last);
    }
    function update(setting) {
      last = setting;
      const now = sharesOf(data, setting, known);
      [before, now].forEach((shares, row) => shares.forEach((share, i) => {
        const segment = bars[row].children[i];
        segment.style.flexBasis = `${100 * share}%`;
        segment.classList.toggle("tiny", share < 0.11);
        segment.classList.toggle("picked", i === Number(select.value));
        segment.title = `${known.interests[i].label} ${words.percent(share)}`;
        segment.lastChild.textContent = words.percent(share);
      }));
      const [was, is] = [before, now].map((shares) => words.percent(shares[Number(select.value)]));
      part.textContent = was === is ? is : `${was} \u2192 ${is}`;
      bars[0].hidden = now.every((share, i) => Math.abs(share - before[i]) < 1e-9);
      figure.setAttribute("aria-label", `${actor.title} wants: ${shown.map((i) => `${known.interests[i].label} ${words.percent(now[i])}`
        + `${Math.abs(now[i] - before[i]) < 0.005 ? "" : ` (before ${words.percent(before[i])})`}`).join(", ")}.`);
      card?.update(setting);
    }
    select.addEventListener("change", pick);
    pick();
    return { element, update };
  }

  // Neighbouring parts of a bar in two strengths of the actor's colour, mixed with white, dark enough or light enough for black words.
  function tint(colour, i) {
    return `color-mix(in srgb, ${/^#[0-9a-f]{6}$/i.test(colour) ? colour : "#5c5c60"} ${[34, 18, 26, 12][i % 4]}%, white)`;
  }

  return { block, sharesOf };
})();
