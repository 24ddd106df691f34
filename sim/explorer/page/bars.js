"use strict";
// Bars of the outcomes: how many worlds end in each, with the interval of the difference and a tick where the baseline stands.
explorer.bars = (() => {
  const { draw, drawing, table } = explorer.widgets;
  const { words, answers } = explorer;

  // The end of the axis moves in quarters, so that bars keep their lengths while a slider moves.
  function axisEnd(sides, kind) {
    const ends = sides.flatMap(({ answer }) => answer.family(kind).map((one) => Math.max(one.reference, one.value)));
    return Math.min(1, Math.ceil(Math.max(...ends) * 4 + 0.2) / 4);
  }

  function rowsOf(data, kind) {
    if (kind === "territory") {
      return data.manifest.territories.map((name) => ({ key: name, label: name, colour: "#8f7551", kind: "class" }));
    }
    return answers.outcomesOf(data, kind);
  }

  // A line that is seen on light and on dark.
  const haloed = (d, name) => [draw("path", { d, class: "halo wide" }), draw("path", { d, class: name })];

  // One bar with its tick and interval; `top` and `high` are its place.
  function bar(one, colour, place, top, high, letter) {
    const end = place(one.value);
    const middle = top + high / 2;
    const [left, right] = [place(Math.max(0, one.value - one.half)), place(Math.min(1, one.value + one.half))];
    const opacity = letter === "B" ? 0.62 : 1;
    const parts = [draw("rect", { x: place(0), y: top, width: Math.max(0, end - place(0)), height: high, fill: colour, rx: 1, opacity })];
    if (one.half > 0) parts.push(...haloed(`M${left} ${middle}H${right}`, "whisker"));
    return [...parts, ...haloed(`M${place(one.reference)} ${top - 2.5}v${high + 5}`, "tick")];
  }

  // The bars of a family for one or two settings; `sides` are { letter, answer, isEmpty }.
  function drawn(data, sides, kind, chosen, width) {
    const rows = rowsOf(data, kind);
    const isNarrow = width < 460;
    const font = isNarrow ? 12 : 13;
    const both = sides.length > 1;
    const answered = sides.some(({ reads }) => reads); // where none is, the baseline stands there in grey
    const step = both ? (isNarrow ? 27 : 34) : isNarrow ? 19 : 24;
    const high = both ? (isNarrow ? 9 : 11) : isNarrow ? 10 : 13;
    const names = isNarrow ? 142 : 164;
    const numbers = isNarrow ? 96 : 128;
    const end = axisEnd(sides, kind);
    const place = (share) => names + (share / end) * (width - names - numbers);
    const bottom = rows.length * step;
    const parts = [];
    for (let share = 0; share <= end + 1e-9; share += 0.25) {
      parts.push(draw("path", { d: `M${place(share)} 0V${bottom}`, class: "grid" }),
        draw("text", { x: place(share), y: bottom + 13, class: "axis", "text-anchor": share ? "middle" : "start", text: words.percent(share) }));
    }
    rows.forEach((row, i) => {
      const isChosen = row.key === chosen;
      const middle = i * step + step / 2;
      if (isChosen) parts.push(draw("rect", { x: 0, y: i * step, width, height: step, class: "chosen" }));
      parts.push(draw("text", { x: 4, y: middle + 4, "font-size": font, class: isChosen ? "name strong" : "name", text: row.label }));
      sides.forEach(({ letter, answer, isEmpty, reads }, s) => {
        if (both && !reads && answered) return; // its sentence says why
        const one = answer.family(kind)[i];
        const top = both ? i * step + (isNarrow ? 3.5 + s * 11 : 4 + s * 14) : middle - high / 2;
        parts.push(...bar(one, row.colour, place, top, high, letter));
        const text = isEmpty ? words.percent(one.value) : `${words.percent(one.value)}\u2002${words.difference(row, one)}`;
        const strength = one.status === "finding" && !isEmpty ? "number strong" : "number";
        parts.push(draw("text", { x: width - 2, y: top + high / 2 + 4, "text-anchor": "end", "font-size": both ? font - 1.5 : font, class: strength,
          text: both ? `${letter} ${text}` : text }));
      });
    });
    const shares = (answer) => rows.map((row, i) => `${row.label} ${words.percent(answer.family(kind)[i].value)}`).join(", ");
    const said = sides.map(({ letter, answer }) => `${before(letter)}${shares(answer)}`);
    return drawing(width, bottom + 18, `Shares of worlds by outcome. ${said.join(". ")}. The numbers are in the table below.`, ...parts);
  }

  const before = (letter) => (letter ? `${letter}: ` : "");
  const headOf = (data, sides, difference) =>
    ["", words.capital(words.reference(data.manifest)), ...sides.flatMap(({ letter }) => [`${before(letter)}here`, difference, "which is"])];

  function tableOf(data, sides, kinds) {
    const head = headOf(data, sides, "difference in points");
    const rows = kinds.flatMap((kind) => rowsOf(data, kind).map((row, i) => [
      row.label, words.percent(sides[0].answer.family(kind)[i].reference, 1),
      ...sides.flatMap(({ answer, isEmpty }) => shown(row, answer.family(kind)[i], isEmpty)),
    ]));
    return table("Shares of all worlds; differences with 95 % intervals", head, rows);
  }
  const STATUS = {
    finding: "a finding", small: "sure, but too little to matter", none: "no detectable difference",
    set: "set by you, not found", few: "from too few worlds",
  };
  function shown(row, one, isEmpty) {
    if (isEmpty) return [words.level(row, one.value, one.half), "", ""];
    const level = row.kind === "index" ? words.level(row, one.value, one.half) : words.percent(one.value, 1);
    return [level, words.difference(row, one), STATUS[one.status]];
  }

  // The indices that move most, and all of them in a table.
  function indexRows(data, sides) {
    const indices = answers.outcomesOf(data, "index");
    const found = sides[0].answer.family("index");
    return indices.map((outcome, i) => ({ outcome, i, one: found[i], size: found[i].std > 0 ? Math.abs(found[i].difference) / found[i].std : 0 }))
      .filter(({ one }) => one.status === "finding" || one.status === "set").sort((a, b) => b.size - a.size);
  }
  const levelBefore = (outcome, one) => words.level(outcome, one.reference, one.half || 0.01);
  function indexTable(data, sides) {
    const head = headOf(data, sides, "difference");
    const rows = answers.outcomesOf(data, "index").map((outcome, i) => [
      `${outcome.label}${outcome.unit === "index" || outcome.unit === "share" ? "" : ` (${outcome.unit})`}`,
      levelBefore(outcome, sides[0].answer.family("index")[i]),
      ...sides.flatMap(({ answer, isEmpty }) => shown(outcome, answer.family("index")[i], isEmpty)),
    ]);
    return table("Indices at the horizon, means over worlds in which the government stands", head, rows);
  }

  return { drawn, tableOf, indexRows, indexTable, STATUS };
})();
