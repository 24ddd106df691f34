// What is chosen, and elements. A text from a file only ever becomes textContent.
const byId = (id) => document.getElementById(id);
const page = JSON.parse(byId("manifest").textContent);
const choices = { month: "", province: "", index: "", outcome: "" }; // "" is the section's own first choice
let scenario = page.shown;
const views = [];
const report = (problem) => { byId("trouble").textContent = problem; byId("trouble").hidden = false; };

function make(name, { text, ...attributes } = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  element.append(...inside);
  return element;
}
const say = (text) => { byId("said").textContent = text; }; // what a screen reader hears
