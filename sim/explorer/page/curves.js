"use strict";
// Curves: the chosen outcome over a parameter's whole range, and an index through time.
explorer.curves = (() => {
  const { draw, drawing, table } = explorer.widgets;
  const { words } = explorer;
  const LEFT = 46, RIGHT = 12, TOP = 10, BOTTOM = 34;

  // Round numbers from low to high, at most `most` of them.
  function ticks(low, high, most = 5) {
    const span = Math.max(high - low, 1e-9);
    const power = 10 ** Math.floor(Math.log10(span / most));
    const step = [1, 2, 2.5, 5, 10, 20].map((m) => m * power).find((one) => span / one <= most - 1 + 1e-9);
    const first = Math.ceil(low / step - 1e-9);
    return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(10)));
  }
  function bounds(points, floor) {
    const ends = points.flatMap(({ value, half, reference }) => [value - half, value + half, reference]).filter(Number.isFinite);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const room = Math.max(0.06 * (high - low), (floor - (high - low)) / 2, 1e-6);
    return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
  }

  // Axes of a panel; `x` and `y` turn data into places.
  function frame(outcome, width, height, [low, high]) {
    const y = (number) => TOP + (1 - (number - low) / (high - low)) * (height - TOP - BOTTOM);
    const marks = ticks(low, high, 4);
    const digits = Math.max(0, ...marks.map((mark) => (String(Number(mark.toPrecision(6))).split(".")[1] ?? "").length));
    const said = (mark) => (words.isShare(outcome) ? words.percent(mark, Math.max(0, digits - 2)) : words.fixed(mark, Math.min(3, digits)));
    const parts = marks.flatMap((mark) => [
      draw("path", { d: `M${LEFT} ${y(mark)}H${width - RIGHT}`, class: "grid" }),
      draw("text", { x: LEFT - 6, y: y(mark) + 4, "text-anchor": "end", class: "axis", text: said(mark) }),
    ]);
    return { y, parts };
  }
  // A line is dark enough to be seen on white, whatever the colour of its power.
  function dark(colour) {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) || 0);
    const light = (0.2126 * parts[0] ** 2.2 + 0.7152 * parts[1] ** 2.2 + 0.0722 * parts[2] ** 2.2) / 255 ** 2.2;
    const strength = Math.min(1, (0.24 / Math.max(light, 1e-6)) ** (1 / 2.2));
    return `rgb(${parts.map((part) => Math.round(part * strength)).join(" ")})`;
  }
  const path = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  function band(points) {
    const back = path([...points].reverse().map(([x, , high]) => [x, high]));
    return `${path(points.map(([x, low]) => [x, low]))}${back.replace("M", "L")}Z`;
  }
  const anchor = (place, last) => (place === 0 ? "start" : place === last ? "end" : "middle");
  const around = (outcome, { value, half, few }) =>
    (few ? "too few worlds" : `${words.level(outcome, value, half || 0.01)} \u00b1 ${words.level(outcome, half, half || 0.01)}`);

  // A curve with its band, in runs.
  function traced(points, x, y, colour, isSecond) {
    return runs(points).flatMap((run) => [
      draw("path", { d: band(run.map((p) => [x(p), y(p.value - p.half), y(p.value + p.half)])), fill: colour, class: "band" }),
      draw("path", { d: path(run.map((p) => [x(p), y(p.value)])), stroke: dark(colour), class: isSecond ? "curve second" : "curve" }),
    ]);
  }

  // The points of a curve in runs, so that places with too few worlds leave a gap.
  function runs(points) {
    const found = [[]];
    for (const point of points) {
      if (point.few || !Number.isFinite(point.value)) found.push([]);
      else found.at(-1).push(point);
    }
    return found.filter((run) => run.length > 0);
  }

  function response({ outcome, parameter, curves, colour, width }) {
    const height = 210;
    const all = curves.flatMap(({ points }) => points.filter(({ few }) => !few));
    if (all.length === 0) return null;
    const { y, parts } = frame(outcome, width, height, bounds(all, words.isShare(outcome) ? 0.1 : 0));
    const x = (quantile) => LEFT + quantile * (width - LEFT - RIGHT);
    const reference = y(all[0].reference);
    for (const place of [0, 0.25, 0.5, 0.75, 1]) {
      parts.push(draw("text", { x: x(place), y: height - BOTTOM + 15, "text-anchor": anchor(place, 1), class: "axis",
        text: words.value(explorer.settings.valueAt(parameter, place)) }));
    }
    parts.push(draw("text", { x: (LEFT + width - RIGHT) / 2, y: height - 4, "text-anchor": "middle", class: "axis", text: parameter.unit }));
    parts.push(draw("path", { d: `M${LEFT} ${reference}H${width - RIGHT}`, class: "reference" }));
    curves.forEach(({ points, quantile, letter }, i) => {
      parts.push(...traced(points, (p) => x(p.quantile), y, colour, i > 0));
      if (quantile === null) return;
      const at = valueOn(points, quantile);
      parts.push(draw("path", { d: `M${x(quantile)} ${TOP}V${height - BOTTOM}`, class: "mark" }));
      if (at !== null) parts.push(draw("circle", { cx: x(quantile), cy: y(at), r: 4.5, fill: dark(colour), class: "spot" }));
      if (letter) parts.push(draw("text", { x: x(quantile) + 4, y: TOP + 8 + 12 * i, class: "axis strong", text: letter }));
    });
    return drawing(width, height, `${words.capital(outcome.label)} over the plausible range of ${parameter.path}, from `
      + `${words.level(outcome, all[0].value)} to ${words.level(outcome, all.at(-1).value)}. The numbers are in the table below.`, ...parts);
  }
  function valueOn(points, quantile) {
    const place = quantile * (points.length - 1);
    const left = Math.min(Math.floor(place), points.length - 2);
    const [a, b] = [points[left], points[left + 1]];
    return a.few || b.few ? null : a.value + (b.value - a.value) * (place - left);
  }
  function responseTable({ outcome, parameter, curves }) {
    const rows = curves[0].points.map(({ quantile }, i) => [words.value(explorer.settings.valueAt(parameter, quantile)),
      ...curves.map(({ points }) => around(outcome, points[i]))]);
    const head = [parameter.unit, ...curves.map(({ letter }) => letter || words.capital(outcome.label))];
    return table(`${words.capital(outcome.label)} by ${parameter.path}`, head, rows);
  }

  // An index through time: the baseline as a dashed line, each setting with its band.
  function years({ manifest, index, sides, colour, width }) {
    const height = 210;
    const from = index.flow ? 1 : 0; // nothing has flowed at the start
    const placed = (answer) => answer.years(index.key).slice(from).map((point, place) => ({ ...point, place }));
    const curves = sides.map(({ letter, answer, isEmpty }) => ({ letter, isEmpty, points: placed(answer) }));
    const all = curves.flatMap(({ points, isEmpty }) => points.map((p) => (isEmpty ? { ...p, half: 0 } : p)));
    const { y, parts } = frame(index, width, height, bounds(all.map((p) => (p.few ? { ...p, value: p.reference, half: 0 } : p)), 0));
    const labels = manifest.years.slice(from);
    const x = (place) => LEFT + (place / Math.max(labels.length - 1, 1)) * (width - LEFT - RIGHT);
    const every = width < 420 ? 2 : 1;
    labels.forEach((text, place) => {
      if (place % every !== 0) return;
      parts.push(draw("text", { x: x(place), y: height - BOTTOM + 15, "text-anchor": anchor(place, labels.length - 1), class: "axis", text }));
    });
    curves.forEach(({ points, isEmpty }, i) => {
      if (!isEmpty) parts.push(...traced(points, (p) => x(p.place), y, colour, i > 0));
    });
    parts.push(draw("path", { d: path(curves[0].points.map((p) => [x(p.place), y(p.reference)])), class: "reference" }));
    const named = curves.filter(({ isEmpty, letter, points }) => letter && !isEmpty && !points.at(-1).few)
      .sort((a, b) => b.points.at(-1).value - a.points.at(-1).value);
    named.forEach(({ letter, points }, i) => { // the higher above its curve, the lower below, so that they never meet
      const place = { x: width - RIGHT - 2, y: y(points.at(-1).value) + (i === 0 ? -6 : 14) };
      parts.push(draw("text", { ...place, "text-anchor": "end", class: "axis strong", text: letter }));
    });
    const last = curves[0].points.at(-1);
    return drawing(width, height, `${words.capital(index.label)} by year: at the end ${words.level(index, last.value, last.half)}, `
      + `in ${words.reference(manifest)} ${words.level(index, last.reference, last.half)}. The numbers are in the table below.`, ...parts);
  }
  function yearsTable({ manifest, index, sides }) {
    const found = sides.map(({ answer }) => answer.years(index.key));
    const rows = manifest.years.map((year, i) => [year, words.level(index, found[0][i].reference, found[0][i].half || 0.01),
      ...found.map((points) => around(index, points[i]))]);
    const head = ["Year", words.capital(words.reference(manifest)), ...sides.map(({ letter }) => letter || "Here")];
    return table(`${words.capital(index.label)} by year`, head, rows.slice(index.flow ? 1 : 0));
  }

  return { response, responseTable, years, yearsTable };
})();
