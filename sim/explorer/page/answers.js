"use strict";
// What a setting brings: an answer has the shares of outcomes, the indices, influence, spheres and years, each beside the baseline,
// from stored worlds at once or, in live mode, from worlds that were run anew. What is not asked for is not computed.
explorer.answers = (() => {
  const { Z, weigh, shares, mean, holm, pairedShare, pairedMean } = explorer.estimate;
  const CLASSES = 0, TERRITORY = 1, FELL = 2; // rows of the classes

  function once(compute) {
    const known = new Map();
    return (key) => {
      if (!known.has(key)) known.set(key, compute(key));
      return known.get(key);
    };
  }
  const outcomesOf = (data, kind) => data.manifest.outcomes.filter((one) => one.kind === kind && (kind !== "index" || one.key !== "collapsed"));

  // The two ways to count: over stored worlds with weights, or over pairs of a stored world and the same world run anew.
  function fromStored(data, moved) {
    const { manifest, n } = data;
    const fit = once((name) => weigh(data.quantiles, n, typeof name === "number" ? data.standingIn[name] : data[name], moved, manifest.width));
    const rowOf = (name, row) => data[name].subarray(row * n, (row + 1) * n);
    return {
      worlds: n, fit, pairs: null,
      classes: (row, many) => shares(rowOf("classes", row), many, fit("all")),
      mean: (name, row, low, high, among) => mean(data[name], row * n, low, high, fit(among)),
      spheres: (place, many) => shares(rowOf("spheres", place), many, fit("standing")),
    };
  }
  function fromRuns(data, run) {
    const { n } = run;
    const stored = (name, row) => row * data.n + run.first;
    const among = once((name) => {
      const [mine, theirs] = typeof name === "number" ? [run.standingIn[name], data.standingIn[name]] : [run[name], data[name]];
      const known = new Uint8Array(n);
      for (const k of theirs) if (k >= run.first && k < run.first + n) known[k - run.first] = 1;
      return mine.filter((k) => known[k] === 1);
    });
    const counted = (name, row, many, whose) =>
      Array.from({ length: many }, (_, code) => pairedShare(data[name], stored(name, row), run[name], row * n, among(whose), code));
    return {
      worlds: n, fit: null, pairs: among,
      classes: (row, many) => counted("classes", row, many, "all"),
      mean: (name, row, low, high, whose) => pairedMean(data[name], stored(name, row), run[name], row * n, among(whose), low, high),
      spheres: (place, many) => counted("spheres", place, many, "standing"),
    };
  }

  // What each of a family of differences is: found, too small to matter, set by the setting itself, or not detectable.
  function judged(found, manifest, few, floorOf, isSet = () => false) {
    const significant = holm(found.map((one, i) => (isSet(i) ? 0 : Math.abs(one.difference) / one.error)), manifest.critical);
    return found.map((one, i) => {
      const isSmall = !(Math.abs(one.difference) >= floorOf(one, i));
      const status = isSet(i) ? "set" : few ? "few" : !significant[i] ? "none" : isSmall ? "small" : "finding";
      return { ...one, half: Z * one.error, status };
    });
  }

  function of(data, setting, run) {
    const { manifest } = data;
    const { point, std, scale, least_pairs: leastPairs } = manifest.floors;
    const moved = setting.changes.filter(({ quantile }) => quantile !== undefined)
      .map(({ path, quantile }) => ({ path, quantile, row: data.byPath.get(path).row }));
    const way = run ? fromRuns(data, run) : fromStored(data, moved);
    const speak = (among) => (run ? way.pairs(among).length : way.fit(among).effective);
    const isFew = (among) => (run ? speak(among) < leastPairs : speak(among) < manifest.least);
    const asPoint = () => point;
    const paths = setting.changes.map(({ path }) => path);
    const isSet = (kind) => (i) => (outcomesOf(data, kind)[i].restates ?? []).some((path) => paths.includes(path));
    const indexFloor = (index) => (one) => {
      const length = index.scale ?? Math.max(Math.abs(one.value), Math.abs(one.reference));
      return Math.max(std * one.std, scale * length);
    };

    const family = once((kind) => {
      if (kind === "class") {
        const codes = way.classes(CLASSES, 1 + Math.max(...outcomesOf(data, "class").map(({ code }) => code)));
        return judged(outcomesOf(data, "class").map(({ code }) => codes[code]), manifest, isFew("all"), asPoint, isSet(kind));
      }
      if (kind === "flag") return judged(outcomesOf(data, "flag").map(() => way.classes(FELL, 2)[1]), manifest, isFew("all"), asPoint, isSet(kind));
      if (kind === "territory") return judged(way.classes(TERRITORY, manifest.territories.length), manifest, isFew("all"), asPoint);
      const indices = outcomesOf(data, "index");
      const found = indices.map(({ row, low, high }) => way.mean("horizon", row, low, high, "standing"));
      return judged(found, manifest, isFew("standing"), (one, i) => indexFloor(indices[i])(one), isSet(kind));
    });
    const provinces = manifest.provinces.length;
    const influence = once((power) => judged(
      manifest.provinces.map((_, place) => way.mean("influence", power * provinces + place, 0, 1, "standing")),
      manifest, isFew("standing"), asPoint));
    const spheres = once(() => manifest.provinces.map((_, place) => {
      const found = way.spheres(place, manifest.spheres.length);
      const best = (key) => found.reduce((top, one, i) => (one[key] > found[top][key] ? i : top), 0);
      const [now, before] = [best("value"), best("reference")];
      return { sphere: now, share: found[now].value, before, beforeShare: found[before].reference };
    }));
    const years = once((key) => {
      const { row, low, high } = data.byKey.get(key);
      return manifest.years.map((_, year) => {
        const one = way.mean("years", row * manifest.years.length + year, low, high, year);
        return { ...one, half: Z * one.error, few: isFew(year) };
      });
    });
    const single = (key) => {
      const outcome = data.byKey.get(key);
      return family(outcome.kind)[outcomesOf(data, outcome.kind).indexOf(outcome)];
    };
    return { setting, run: run ?? null, worlds: way.worlds, speak, isFew, family, influence, spheres, years, single };
  }

  // One outcome over the whole range of one parameter, with all else as in the setting; always from stored worlds.
  function response(data, setting, path, key, places = 21) {
    const outcome = data.byKey.get(key);
    const others = setting.changes.filter((change) => change.path !== path && change.quantile !== undefined)
      .map((change) => ({ row: data.byPath.get(change.path).row, quantile: change.quantile }));
    const { row } = data.byPath.get(path);
    const worlds = outcome.kind === "index" ? data.standing : data.all;
    return Array.from({ length: places }, (_, i) => {
      const quantile = i / (places - 1);
      const fit = weigh(data.quantiles, data.n, worlds, [...others, { row, quantile }], data.manifest.width);
      const { kind, row: index, low, high } = outcome;
      const one = kind === "index" ? mean(data.horizon, index * data.n, low, high, fit) : classShare(data, outcome, fit);
      const error = one.error * Math.sqrt(1 / fit.effective / fit.spread); // of the level itself, not of its difference
      return { quantile, value: one.value, reference: one.reference, half: Z * error, few: fit.effective < data.manifest.least };
    });
  }
  function classShare(data, { kind, code }, fit) {
    const row = kind === "flag" ? FELL : CLASSES;
    return shares(data.classes.subarray(row * data.n, (row + 1) * data.n), 16, fit)[kind === "flag" ? 1 : code];
  }

  return { of, response, outcomesOf };
})();
