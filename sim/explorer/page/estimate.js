"use strict";
// Answers from stored worlds. Worlds whose draws lie near a setting count most (Gaussian kernel weights), and a local straight line through
// them takes away the lean that worlds on one side only would give at the end of a range. Pure functions on typed arrays; the reference in
// Python is sim/explorer/local_estimate.py. `moved` is a list of { row, quantile }; `worlds` a list of world numbers.
explorer.estimate = (() => {
  const Z = 1.96; // of a 95 % interval, as in all tables

  // The kernel of one parameter by code: 256 values, so that no world needs an exponential of its own.
  function kernel(quantile, width) {
    return Float64Array.from({ length: 256 }, (_, code) => Math.exp(-(((code + 0.5) / 256 - quantile) ** 2) / (2 * width * width)));
  }

  // Solve a x = b for a small symmetric positive matrix; null where it is singular (no spread of worlds around the setting).
  function solve(a, b) {
    const m = a.map((row, i) => [...row, b[i]]);
    for (let i = 0; i < m.length; i += 1) {
      let best = i;
      for (let r = i + 1; r < m.length; r += 1) if (Math.abs(m[r][i]) > Math.abs(m[best][i])) best = r;
      if (!(Math.abs(m[best][i]) > 1e-12 * (Math.abs(a[i][i]) + 1e-300))) return null;
      [m[i], m[best]] = [m[best], m[i]];
      for (let r = 0; r < m.length; r += 1) {
        if (r === i) continue;
        const factor = m[r][i] / m[i][i];
        for (let c = i; c <= m.length; c += 1) m[r][c] -= factor * m[i][c];
      }
    }
    return m.map((row, i) => row[m.length] / row[i]);
  }

  // Weights of a setting over some worlds: `line` sum to 1 (their weighted mean is the local line's value at the setting), `near` are the
  // kernel weights, `effective` is how many equally weighted worlds would be as accurate, `spread` the sum of squares of line - 1/n.
  function weigh(quantiles, n, worlds, moved, width) {
    const many = worlds.length;
    const near = new Float64Array(many).fill(1);
    const away = moved.map(() => new Float64Array(many));
    moved.forEach(({ row, quantile }, j) => {
      const table = kernel(quantile, width);
      const codes = quantiles.subarray(row * n, (row + 1) * n);
      for (let i = 0; i < many; i += 1) {
        const code = codes[worlds[i]];
        near[i] *= table[code];
        away[j][i] = (code + 0.5) / 256 - quantile;
      }
    });
    const size = moved.length + 1;
    const sums = Array.from({ length: size }, () => new Array(size).fill(0));
    for (let i = 0; i < many; i += 1) sums[0][0] += near[i];
    for (let a = 1; a < size; a += 1) {
      for (let b = 0; b <= a; b += 1) {
        let sum = 0;
        const x = away[a - 1];
        if (b === 0) for (let i = 0; i < many; i += 1) sum += near[i] * x[i];
        else { const z = away[b - 1]; for (let i = 0; i < many; i += 1) sum += near[i] * x[i] * z[i]; }
        sums[a][b] = sums[b][a] = sum;
      }
    }
    const line = new Float64Array(many);
    const slope = many > 0 ? solve(sums, [1, ...moved.map(() => 0)]) : null;
    const total = sums[0][0];
    if (slope === null) return { worlds, line, near, total, effective: 0, spread: Infinity };
    let squares = 0;
    let spread = 0;
    for (let i = 0; i < many; i += 1) {
      let value = slope[0];
      for (let j = 0; j < moved.length; j += 1) value += slope[j + 1] * away[j][i];
      line[i] = near[i] * value;
      squares += line[i] * line[i];
      spread += (line[i] - 1 / many) ** 2;
    }
    return { worlds, line, near, total, effective: 1 / squares, spread };
  }

  // Share of worlds of each of `many` classes, by code; the difference from all these worlds, and its standard error.
  function shares(codes, many, fit) {
    const here = new Float64Array(many);
    const all = new Float64Array(many);
    for (let i = 0; i < fit.worlds.length; i += 1) {
      const code = codes[fit.worlds[i]];
      here[code] += fit.line[i];
      all[code] += 1;
    }
    return Array.from({ length: many }, (_, code) => shareOf(here[code], all[code] / Math.max(fit.worlds.length, 1), fit));
  }
  function shareOf(value, reference, fit) {
    const share = Math.min(1, Math.max(0, value));
    const smooth = (share * fit.effective + 2) / (fit.effective + 4);
    return { value: share, reference, difference: value - reference, error: Math.sqrt(smooth * (1 - smooth) * fit.spread) };
  }

  // Mean of a column of codes on a scale from low to high; the difference from all these worlds, its standard error, the spread of worlds.
  function mean(codes, offset, low, high, fit) {
    const { worlds, line, near, total } = fit;
    const many = worlds.length;
    const step = (high - low) / 255;
    let [here, all, squares, close, closeSquares] = [0, 0, 0, 0, 0];
    for (let i = 0; i < many; i += 1) {
      const y = codes[offset + worlds[i]];
      here += line[i] * y;
      all += y;
      squares += y * y;
      close += near[i] * y;
      closeSquares += near[i] * y * y;
    }
    const reference = all / Math.max(many, 1);
    const std = Math.sqrt(Math.max(0, squares / Math.max(many, 1) - reference * reference)) * step;
    // around the estimate, not around the nearby worlds' own mean; and no finer than values are stored
    const variance = Math.max(0, (closeSquares - 2 * here * close) / total + here * here) + 1 / 12;
    return {
      value: low + here * step, reference: low + reference * step, difference: (here - reference) * step,
      error: Math.sqrt(variance * fit.spread) * step, std,
    };
  }

  // Holm (1979): which of several differences, given as |difference| / error, are significant; critical[m - 1] is that of m tests.
  function holm(ratios, critical) {
    const order = ratios.map((_, i) => i).sort((a, b) => ratios[b] - ratios[a]);
    const significant = ratios.map(() => false);
    for (let rank = 0; rank < order.length; rank += 1) {
      const tests = order.length - rank;
      if (!(ratios[order[rank]] >= critical[Math.min(tests, critical.length) - 1])) break;
      significant[order[rank]] = true;
    }
    return significant;
  }

  // Worlds run anew, each paired with the stored world of the same number: shares (Bonett and Price 2012) and means (normal).
  // `before` and `after` are columns of codes from an offset on; `worlds` lists the pairs to count.
  function pairedShare(before, from, after, to, worlds, code) {
    let [more, fewer, stored] = [0, 0, 0];
    for (let i = 0; i < worlds.length; i += 1) {
      const was = before[from + worlds[i]] === code;
      const is = after[to + worlds[i]] === code;
      if (was) stored += 1;
      if (is && !was) more += 1;
      if (was && !is) fewer += 1;
    }
    const n = worlds.length;
    const [a, b] = [(more + 1) / (n + 2), (fewer + 1) / (n + 2)];
    const error = Math.sqrt((a + b - (a - b) ** 2) / (n + 2));
    return { value: (stored + more - fewer) / n, reference: stored / n, difference: (more - fewer) / n, error };
  }
  function pairedMean(before, from, after, to, worlds, low, high) {
    const step = (high - low) / 255;
    const n = worlds.length;
    let [was, is, squares, level] = [0, 0, 0, 0];
    for (let i = 0; i < n; i += 1) {
      const [x, y] = [before[from + worlds[i]], after[to + worlds[i]]];
      was += x;
      is += y;
      squares += (y - x) ** 2;
      level += x * x;
    }
    const difference = (is - was) / n;
    const variance = Math.max((squares - n * difference ** 2) / Math.max(n - 1, 1), 1 / 12);
    const std = Math.sqrt(Math.max(0, level / n - (was / n) ** 2)) * step;
    const error = Math.sqrt(variance / n) * step;
    return { value: low + (is / n) * step, reference: low + (was / n) * step, difference: difference * step, error, std };
  }

  return { Z, weigh, shares, shareOf, mean, holm, pairedShare, pairedMean };
})();
