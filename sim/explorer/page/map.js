"use strict";
// The map: by how many points a power's influence differs in each province, or the likeliest sphere. Shapes are made once and then only coloured.
explorer.map = (() => {
  const { draw, drawing, table, lines } = explorer.widgets;
  const { words } = explorer;
  const MORE = [15, 107, 92], LESS = [138, 75, 8], PAPER = [255, 255, 255]; // a pair that stays apart for every kind of sight
  const ROOM = 11; // letters beside a small province, such as "Russia 88 %"
  const FULL = 0.15; // a difference at which a colour is full

  const mixed = (colour, strength) => `rgb(${colour.map((c, i) => Math.round(PAPER[i] + (c - PAPER[i]) * strength)).join(" ")})`;
  const ofHex = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) || 0);
  function inkOn(colour) {
    const [r, g, b] = colour.match(/\d+/g).map(Number);
    return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 0.2 * 255 ** 2.2 ? "#1d1d1f" : "#ffffff";
  }

  // What is seen of a province: colour, whether it is hatched, the words on it.
  function differing(answer, power, place, isEmpty) {
    const one = answer.influence(power)[place];
    if (isEmpty) return { colour: "#ffffff", hatched: false, text: words.percent(one.reference), said: words.percent(one.reference), strong: false };
    const isShown = one.status === "finding" || one.status === "few";
    if (!isShown) return { colour: "#ffffff", hatched: true, text: "", said: explorer.bars.STATUS[one.status] };
    const strength = 0.12 + 0.78 * Math.min(1, Math.abs(one.difference) / FULL);
    const text = words.signed(100 * one.difference, Math.abs(one.difference) >= 0.0995 ? 0 : 1);
    return { colour: mixed(one.difference > 0 ? MORE : LESS, strength), hatched: false, text, said: `${text} points`, strong: true };
  }
  function leading(data, answer, place) {
    const { sphere, share, before } = answer.spheres(0)[place];
    const { label, colour } = data.manifest.spheres[sphere];
    const strength = 0.15 + 0.85 * Math.min(1, Math.max(0, (share - 0.3) / 0.7));
    const text = `${label} ${words.percent(share)}`;
    const was = before === sphere ? "" : `, before: ${data.manifest.spheres[before].label}`;
    return { colour: mixed(ofHex(colour), strength), hatched: false, text, said: text + was, strong: before !== sphere };
  }

  // The sheet is wide enough for the names beside small provinces, which stand on the sea.
  function sheet({ viewbox: [left, top, wide, high], provinces }, width, size) {
    const unit = (1.12 * wide) / width;
    const room = (name) => (Math.max(ROOM, ...lines(name, 14).map((line) => line.length)) * 0.58 + 0.5) * size * unit;
    const edge = Math.min(left, ...provinces.filter(({ x, leader }) => leader && leader[0] > x).map(({ name, x }) => x - room(name)));
    return { left: edge, top, wide: left + wide - edge, high };
  }

  function build(data, width, id) {
    const isSmall = width < 430;
    const { left, top, wide, high } = sheet(data.manifest, width, isSmall ? 10 : 12);
    const unit = wide / width; // of the drawing in a pixel of the page
    const hatch = draw("pattern", { id, width: 7 * unit, height: 7 * unit, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      draw("rect", { width: 7 * unit, height: 7 * unit, fill: "#ffffff" }),
      draw("path", { d: `M0 0V${7 * unit}`, stroke: "#cfcdc7", "stroke-width": 1.4 * unit }));
    const shapes = data.manifest.provinces.map(({ d }) => draw("path", { d, class: "province" }));
    const labels = data.manifest.provinces.map(() => draw("g", {}));
    const neighbours = data.manifest.neighbours.map(({ name, x, y }) =>
      draw("text", { x, y, class: "neighbour", "text-anchor": "middle", "font-size": (isSmall ? 9.5 : 11) * unit, text: name }));
    const leaders = data.manifest.provinces.filter(({ leader }) => leader).map(({ x, y, leader }) =>
      draw("path", { d: `M${x} ${y}L${leader[0]} ${leader[1]}`, class: "leader", "stroke-width": unit }));
    const svg = drawing(wide, high, "", draw("defs", {}, hatch), ...shapes, ...neighbours, ...leaders, ...labels);
    svg.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    return { svg, shapes, labels, unit, id, width, size: isSmall ? 10 : 12 };
  }

  function paint(data, built, answer, { map, power, isEmpty, said }) {
    const number = data.manifest.powers.findIndex(({ key }) => key === power);
    const look = (place) => (map === "spheres" ? leading(data, answer, place) : differing(answer, number, place, isEmpty));
    const seen = data.manifest.provinces.map((_, place) => look(place));
    data.manifest.provinces.forEach((province, place) => {
      const { colour, hatched, text, strong } = seen[place];
      built.shapes[place].setAttribute("fill", hatched ? `url(#${built.id})` : colour);
      built.labels[place].replaceChildren(...label(province, text, hatched ? "#5c5c60" : colour, strong, built));
    });
    const named = seen.map(({ said: words }, place) => `${data.manifest.provinces[place].name}: ${words}`).join("; ");
    built.svg.setAttribute("aria-label", `${said} ${named}. The numbers are in the table below.`);
  }
  function label({ name, x, y, leader }, text, colour, strong, { unit, size }) {
    const ink = leader || colour.startsWith("#") ? "#1d1d1f" : inkOn(colour);
    const words = [...lines(name, 14).map((line) => [line, false]), ...(text ? lines(text, 13).map((line) => [line, strong]) : [])];
    const anchor = leader ? (leader[0] > x ? "end" : "start") : "middle";
    const step = (size + 1.5) * unit;
    const first = y - ((words.length - 1) * step) / 2 + size * 0.35 * unit;
    const shift = leader ? (leader[0] > x ? -4 : 4) * unit : 0;
    return words.map(([line, isStrong], i) => draw("text", {
      x: x + shift, y: first + i * step, "text-anchor": anchor, fill: ink, "font-size": size * unit, "font-weight": isStrong ? 700 : 400, text: line,
    }));
  }

  function tableOf(data, sides, power) {
    const both = sides.length > 1;
    const number = data.manifest.powers.findIndex(({ key }) => key === power);
    const head = ["Province", words.capital(words.reference(data.manifest)), ...sides.flatMap(({ letter }) =>
      [`${both ? `${letter}: ` : ""}here`, "difference in points", "which is", "likeliest sphere"])];
    const rows = data.manifest.provinces.map((province, place) => [
      province.name, words.percent(sides[0].answer.influence(number)[place].reference, 1),
      ...sides.flatMap(({ answer, isEmpty }) => {
        const one = answer.influence(number)[place];
        const difference = isEmpty ? ["", ""] : [words.difference({ kind: "class" }, one), explorer.bars.STATUS[one.status]];
        return [words.percent(one.value, 1), ...difference, leading(data, answer, place).text];
      }),
    ]);
    return table(`Influence of ${data.manifest.powers[number].label} at the horizon, where the government stands`, head, rows);
  }

  return { build, paint, tableOf };
})();
