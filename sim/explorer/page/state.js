"use strict";
// What is chosen on the page: two settings, the outcome, the figures. Every change can be undone, and the address keeps all of it.
explorer.state = (() => {
  const { settings } = explorer;
  const MOST = 200; // steps that can be undone
  const SIDES = ["a", "b"];

  const fresh = (data) => ({
    a: settings.empty(), b: settings.empty(), active: "a", both: false,
    outcome: data.manifest.first_outcome, power: data.manifest.powers.find(({ key }) => key === "iran")?.key ?? data.manifest.powers[0].key,
    map: "difference", index: data.manifest.outcomes.find(({ kind }) => kind === "index")?.key ?? "", turned: "",
  });

  // A store with undo. `gesture` names a drag: its steps count as one, until `rest` ends it.
  function store(first, onChange) {
    let [now, past, future, gesture] = [first, [], [], null];
    function update(change, name = null) {
      const next = { ...now, ...change(now) };
      if (JSON.stringify(next) === JSON.stringify(now)) return;
      if (name === null || name !== gesture) past = [...past.slice(-MOST), now];
      [gesture, future, now] = [name, [], next];
      onChange(now);
    }
    function step(from, to) {
      if (from.length === 0) return;
      to.push(now);
      now = from.pop();
      gesture = null;
      onChange(now);
    }
    return {
      get now() { return now; },
      get canUndo() { return past.length > 0; },
      get canRedo() { return future.length > 0; },
      update,
      turn: (change, name) => update((state) => ({ [state.active]: change(state[state.active]) }), name),
      rest: () => { gesture = null; },
      undo: () => step(past, future),
      redo: () => step(future, past),
      replace: (state) => { past = [...past, now]; [now, future, gesture] = [state, [], null]; onChange(now); },
    };
  }

  // The address: #outcome=...&a=israel.strike_rate:q0.79,iran.x:v9&a-from=2023-01&b=...&both=1
  function written(state) {
    const parameters = new URLSearchParams();
    for (const side of SIDES) {
      const { changes, month, until } = state[side];
      const texts = changes.map(({ path, quantile, value }) => `${path}:${value === undefined ? `q${quantile}` : `v${value}`}`);
      if (texts.length > 0) parameters.set(side, texts.join(","));
      if (month) parameters.set(`${side}-from`, month);
      if (month && until) parameters.set(`${side}-until`, until);
    }
    for (const key of ["outcome", "index", "power", "map", "turned"]) if (state[key]) parameters.set(key, state[key]);
    if (state.active === "b") parameters.set("active", "b");
    if (state.both) parameters.set("both", "1");
    return `#${parameters}`;
  }

  // What of an address can be understood; `ignored` are the parts that cannot.
  function read(hash, data) {
    const state = fresh(data);
    const ignored = [];
    const parameters = new URLSearchParams(hash.slice(1));
    const months = monthsOf(data.manifest);
    for (const [key, text] of parameters) {
      const [side, span] = key.split("-");
      const kind = data.byKey.get(text)?.kind;
      if (SIDES.includes(key)) state[key] = { ...state[key], changes: changesOf(text, data, ignored) };
      else if (SIDES.includes(side) && span === "from" && months.includes(text)) state[side].month = text;
      else if (SIDES.includes(side) && span === "until" && months.includes(text)) state[side].until = text;
      else if (key === "outcome" && kind) state.outcome = text;
      else if (key === "index" && kind === "index") state.index = text;
      else if (key === "power" && data.manifest.powers.some((power) => power.key === text)) state.power = text;
      else if (key === "map" && (text === "difference" || text === "spheres")) state.map = text;
      else if (key === "turned" && data.byPath.has(text)) state.turned = text;
      else if (key === "active" && SIDES.includes(text)) state.active = text;
      else if (key === "both" && text === "1") state.both = true;
      else if (key !== "") ignored.push(`${key}=${text}`);
    }
    if (!parameters.has("index") && data.byKey.get(state.outcome).kind === "index") state.index = state.outcome;
    for (const side of SIDES) if (state[side].until && !(state[side].month && state[side].until > state[side].month)) state[side].until = "";
    return { state, ignored };
  }
  function changesOf(text, data, ignored) {
    const found = [];
    for (const part of text.split(",").filter((one) => one !== "")) {
      const [path, number] = part.split(":");
      const parameter = data.byPath.get(path);
      const digits = /^[qv]-?\d{1,12}(\.\d{1,15})?(e-?\d{1,2})?$/.test(number ?? "") ? Number(number.slice(1)) : NaN;
      const isQuantile = number?.startsWith("q");
      const isGood = parameter && !found.some((one) => one.path === path) && (isQuantile
        ? settings.isDrawn(parameter) && digits >= 0 && digits <= 1
        : digits >= parameter.bounds[0] && digits <= parameter.bounds[1]);
      if (isGood) found.push(isQuantile ? { path, quantile: digits } : settings.changeTo(parameter, digits));
      else ignored.push(part);
    }
    return found;
  }

  // Months of the run, as "2021-06".
  function monthsOf({ start, months }) {
    const [year, month] = start.split("-").map(Number);
    return Array.from({ length: months }, (_, i) => {
      const at = month - 1 + i;
      return `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
    });
  }

  return { fresh, store, written, read, monthsOf };
})();
