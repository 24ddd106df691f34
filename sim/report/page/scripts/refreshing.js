// What is in view is drawn first; the rest follows when the browser is idle, so that the page can be printed whole.
const watching = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const view = views.find((candidate) => candidate.element === entry.target);
    if (view) view.seen = entry.isIntersecting;
  }
  refresh();
}, { rootMargin: "300px" });

let running = false;
let waiting = []; // who waits until all is drawn
const pause = () => new Promise((go) => (window.requestIdleCallback ? requestIdleCallback(go, { timeout: 300 }) : setTimeout(go, 30)));
async function refresh() {
  for (const view of views) if (view.stale) view.wait();
  if (running) return;
  running = true;
  document.documentElement.dataset.settled = "no";
  try {
    for (;;) {
      const next = views.find((view) => view.stale && view.seen) ?? views.find((view) => view.stale);
      if (!next) {
        const last = storiesReady;
        await last;
        if (last === storiesReady && !views.some((view) => view.stale)) break;
        continue;
      }
      if (!next.seen) await pause();
      if (next.stale) await next.show();
    }
    document.documentElement.dataset.settled = "yes";
  } catch (error) {
    report("A figure could not be drawn: " + error.message);
    console.error(error);
  } finally {
    running = false;
    waiting.forEach((go) => go());
    waiting = [];
  }
}
function settled() {
  return new Promise((go) => { waiting.push(go); refresh(); });
}
