// A box wider than its place can be scrolled: it is a stop on the way by keyboard, and says on which side there is more.
function scrollable(box) {
  const hidden = box.scrollWidth - box.clientWidth;
  if (hidden > 1 || box.scrollHeight > box.clientHeight + 1) box.setAttribute("tabindex", "0");
  else box.removeAttribute("tabindex");
  const more = [box.scrollLeft > 1 && "left", box.scrollLeft < hidden - 1 && "right"].filter((side) => side && hidden > 1);
  box.parentElement.dataset.more = more.join(" ");
  box.parentElement.classList.toggle("wide", hidden > 1);
}
const sizing = new ResizeObserver((entries) => entries.forEach((entry) => scrollable(entry.target)));
function watchSideways() {
  document.querySelectorAll(".box, .table").forEach((box) => sizing.observe(box));
  document.addEventListener("toggle", ({ target }) => target.querySelectorAll(".box, .table").forEach(scrollable), true);
  document.addEventListener("scroll", ({ target }) => { if (target.matches?.(".box, .table")) scrollable(target); }, { capture: true, passive: true });
}
