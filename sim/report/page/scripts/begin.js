// The table of contents opens over the page, as high as there is room; a choice, a click elsewhere and Escape close it.
function listenToContents() {
  const contents = byId("contents");
  const list = contents.querySelector("nav");
  contents.addEventListener("toggle", () => { list.style.maxHeight = `${window.innerHeight - list.getBoundingClientRect().top - 8}px`; });
  document.addEventListener("click", (event) => { if (!contents.contains(event.target)) contents.open = false; });
  contents.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !contents.open) return;
    contents.open = false;
    contents.querySelector("summary").focus();
  });
}

function begin() {
  listenToContents();
  if (typeof DecompressionStream !== "function") return report("This page needs a browser from 2023 or later to draw its figures.");
  document.querySelectorAll("[data-block]").forEach((element) => views.push(new View(element)));
  watchSideways();
  byId("scenario").addEventListener("change", (event) => { choose(event.target.selectedIndex, true); remember(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const button = event.target.closest?.("button.choose");
    if (link) { event.preventDefault(); byId("contents").open = false; go(link.getAttribute("href").slice(1)); }
    if (button) { choose(Number(button.dataset.scenario), true); go("answer"); }
  });
  window.addEventListener("hashchange", recall);
  preparePrinting();
  recall();
}
begin();
