// Stories of the chosen scenario.
let storiesShown = null; // the scenario whose stories are on the page
let storiesReady = Promise.resolve();
async function showStories() {
  const place = byId("stories-of");
  if (!place) return;
  const wanted = scenario;
  if (storiesShown !== wanted) clearStories(place);
  const stories = await load("b-stories-" + wanted);
  if (wanted !== scenario || storiesShown === wanted) return;
  storiesShown = wanted;
  byId("stories-none").hidden = stories.length > 0;
  place.replaceChildren(...stories.map(story));
  for (const element of place.querySelectorAll("[data-block]")) views.push(new View(element));
  refresh();
}
function clearStories(place) {
  storiesShown = null;
  for (const view of views.filter(({ element }) => place.contains(element))) {
    view.release();
    watching.unobserve(view.element);
    views.splice(views.indexOf(view), 1);
  }
  place.replaceChildren();
}
function story({ heading, share, summary, sentences, strip }, number) {
  const lines = sentences.map(([month, text, claims]) => make("li", {},
    make("time", { text: month }),
    make("span", { text }, ...claims.map((claim) => make("span", { class: "claim", text: claim })))));
  const article = make("article", { class: "story" },
    make("p", { class: "state", text: page.scenarios[scenario].title }),
    make("h3", { text: heading }),
    make("p", { class: "share", text: share }));
  if (strip) {
    const key = "story-" + number;
    inflated.set(key, Promise.resolve({ options: [{ value: "", words: "", ...strip }], first: 0 }));
    const figure = make("figure", {}, make("p", { class: "finding unseen" }), byId("frame").content.cloneNode(true));
    figure.querySelector(".box").setAttribute("aria-label", heading);
    article.append(make("div", { "data-block": key + "-" + scenario }, figure));
    inflated.set(key + "-" + scenario, inflated.get(key));
  }
  article.append(make("details", { class: "numbers" }, make("summary", { text: summary }), make("ol", { class: "sentences" }, ...lines)));
  return article;
}
