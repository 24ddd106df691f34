// Choosing a scenario: its answer stands at once, its figures follow.
function choose(number, isAnnounced) {
  scenario = number;
  byId("scenario").selectedIndex = number;
  document.querySelectorAll(".answer").forEach((answer) => { answer.hidden = answer.dataset.number !== String(number); });
  document.querySelectorAll(".scenario").forEach((entry) => {
    entry.classList.toggle("shown", entry.dataset.number === String(number));
    entry.open = entry.dataset.number === String(number);
  });
  forget(new Set(views.map(({ element }) => element.dataset.block.replace("*", number))));
  if (isAnnounced) say("Now shown: " + page.scenarios[number].title + ". " + document.querySelector(".answer:not([hidden]) .outcome").textContent);
  storiesReady = showStories();
  refresh();
}

// The address keeps what was chosen: #scenario=...&month=...&at=map
let place = "";
function remember() {
  const parameters = new URLSearchParams({ scenario: page.scenarios[scenario].name });
  for (const key of Object.keys(choices)) if (choices[key]) parameters.set(key, choices[key]);
  if (place) parameters.set("at", place);
  history.replaceState(null, "", "#" + parameters);
}
function recall() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  for (const key of Object.keys(choices)) choices[key] = parameters.get(key) ?? "";
  const found = page.scenarios.findIndex(({ name }) => name === parameters.get("scenario"));
  place = parameters.get("at") ?? "";
  choose(found < 0 ? page.shown : found, false);
  if (byId(place)) requestAnimationFrame(() => byId(place)?.scrollIntoView());
}
function go(id) {
  const target = byId(id);
  if (!target) return;
  place = id;
  remember();
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  target.scrollIntoView();
}
