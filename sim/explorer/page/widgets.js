"use strict";
// Elements of the page. A text from data only ever becomes textContent; no markup is ever parsed.
const explorer = window.explorer = {};

explorer.widgets = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function filled(element, { text, ...attributes } = {}, inside) {
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
    }
    if (text !== undefined) element.textContent = text;
    element.append(...inside.filter((part) => part !== null && part !== undefined));
    return element;
  }
  const make = (name, attributes, ...inside) => filled(document.createElement(name), attributes, inside);
  const draw = (name, attributes, ...inside) => filled(document.createElementNS(SVG, name), attributes, inside);
  const byId = (id) => document.getElementById(id);

  function button(text, onClick, attributes = {}) {
    const element = make("button", { type: "button", text, ...attributes });
    element.addEventListener("click", onClick);
    return element;
  }

  // A drawing with a name for those who cannot see it; `label` says what it shows, and that a table follows.
  function drawing(width, height, label, ...inside) {
    return draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label }, ...inside);
  }

  function table(caption, head, rows) {
    const cells = (row) => row.map((text, i) => (i ? make("td", { text }) : make("th", { text, scope: "row" })));
    return make("table", {},
      make("caption", { text: caption }),
      make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { text, scope: "col" })))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row)))));
  }

  // A table in a `details` element is only made while that is open, so that a slider does not wait for it.
  function tabulate(details, build) {
    const place = details.querySelector(".table");
    details.build = () => place.replaceChildren(...(details.open ? build() : []));
    if (!details.listens) details.addEventListener("toggle", () => details.build());
    details.listens = true;
    details.build();
  }

  // Words in a drawing are broken at spaces into lines of at most so many letters.
  function lines(text, most) {
    const found = [];
    for (const word of text.split(" ")) {
      const last = found.at(-1);
      if (last !== undefined && last.length + word.length + 1 <= most) found[found.length - 1] = `${last} ${word}`;
      else found.push(word);
    }
    return found;
  }

  return { make, draw, byId, button, drawing, table, tabulate, lines };
})();
