// Printing: the page's own button waits until every figure is drawn; the browser's cannot be held up, so what it misses is said on paper.
const undrawn = () => views.filter((view) => view.stale);
function sayUndrawn() {
  const missing = undrawn().length;
  byId("undrawn").textContent = missing
    ? `${missing} of ${views.length} figures were not drawn yet when printing began, as is said in their places. Print again, or by the page's Print button, which waits for them.`
    : "";
}
async function printWhole() {
  const button = byId("print");
  button.disabled = true;
  say(undrawn().length ? "Printing begins when every figure is drawn." : "");
  await settled();
  button.disabled = false;
  window.print();
}
function preparePrinting() {
  const closed = () => document.querySelectorAll("details[data-print]:not([open])");
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...closed()];
    opened.forEach((details) => { details.open = true; });
    sayUndrawn();
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((details) => { details.open = false; });
    byId("undrawn").textContent = "";
  });
  byId("print").hidden = false;
  byId("print").addEventListener("click", printWhole);
}
