// The drawing engine, started once.
let starting = null;
function engine() {
  starting ??= inflate("engine").then((text) => {
    document.head.append(make("script", { text }));
    if (typeof window.vegaEmbed !== "function") throw new Error("the drawing engine did not start");
    return window.vegaEmbed;
  });
  return starting;
}

// A packed spec as Vega-Lite knows it.
function unpacked({ spec, config, layers, data }, shared) {
  const layer = layers.map((kind, i) => ({ ...shared.layers[kind], data: { values: rows(data[i], shared) } }));
  return { ...spec, layer, config: { ...shared.configs[config], padding: 2 } };
}
function rows({ n, same, columns, shape }, shared) {
  return Array.from({ length: n }, (_, i) => {
    const row = { ...same };
    for (const key of Object.keys(columns)) row[key] = columns[key][i];
    if (shape) row.geometry = shared.geometries[shape[i]];
    return row;
  });
}
const refused = () => Promise.reject(new Error("nothing is loaded from outside"));
const loader = { load: refused, sanitize: refused, http: refused, file: refused };
const options = {
  mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, loader,
  tooltip: { theme: "custom", offsetX: 12, offsetY: 12 },
};

async function draw(figure, name) {
  const [embed, shared] = await Promise.all([engine(), load("shared")]);
  const holder = make("div");
  const spec = unpacked(figure, shared);
  const result = await embed(holder, spec, options);
  const svg = holder.querySelector("svg");
  const isDescribed = spec.layer.some((layer) => layer.encoding.description); // its marks have descriptions of their own
  for (const outer of holder.querySelectorAll("[role]:has(svg)")) {
    for (const name of ["role", "aria-label", "aria-roledescription"]) outer.removeAttribute(name);
  }
  svg.setAttribute("role", isDescribed ? "graphics-document" : "img");
  svg.setAttribute("aria-label", name);
  return { holder, finalize: result.finalize };
}
