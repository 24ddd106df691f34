"use strict";
// Live mode: the true run of a setting, in the same worlds as the stored ones, as soon as a slider rests. Worlds come in batches; what has
// come is kept, so that going back to a setting shows its run at once. Without a live mode nothing here ever starts.
explorer.liveRuns = (() => {
  const REST = 250; // milliseconds without a change before a run begins
  const FIRST = [50, 150]; // worlds of the first two batches
  const ENOUGH = 200; // worlds with which a run ends by itself
  const KEPT = 8; // settings whose runs are remembered
  const NAMES = ["classes", "horizon", "years", "influence", "spheres"];

  // The columns of two runs of worlds, one after the other; the last axis is the worlds.
  function joined(before, n, after, m) {
    const all = {};
    for (const name of NAMES) {
      const rows = after[name].length / m;
      all[name] = new Uint8Array(rows * (n + m));
      for (let row = 0; row < rows; row += 1) {
        if (n > 0) all[name].set(before[name].subarray(row * n, (row + 1) * n), row * (n + m));
        all[name].set(after[name].subarray(row * m, (row + 1) * m), row * (n + m) + n);
      }
    }
    return all;
  }

  function manager(data, live, onChange, onNotice) {
    const runs = new Map();
    let [timer, cancel, wanted] = [null, null, null];
    const keyOf = (setting) => JSON.stringify(setting);
    const of = (setting) => (live ? runs.get(keyOf(setting)) ?? null : null);

    function stop() {
      clearTimeout(timer);
      cancel?.();
      const run = runs.get(wanted);
      if (run) run.going = false;
      [timer, cancel, wanted] = [null, null, null];
    }
    // The same by whoever looks: it does not begin again by itself.
    function halt(setting) {
      stop();
      wanted = keyOf(setting);
      onChange();
    }
    function begin(setting, batches) {
      const key = keyOf(setting);
      stop();
      wanted = key;
      const run = runs.get(key) ?? { n: 0, first: 0, columns: null, problem: "", seconds: 0, ran: 0 };
      runs.delete(key);
      runs.set(key, run);
      while (runs.size > KEPT) runs.delete(runs.keys().next().value);
      Object.assign(run, { going: true, problem: "", until: run.n + batches.reduce((sum, one) => sum + one, 0) });
      const isMine = () => wanted === key && run.going;
      const end = (problem) => {
        if (!isMine()) return;
        Object.assign(run, { going: false, problem });
        cancel = null;
        onChange();
      };
      onChange();
      const changes = explorer.settings.asked(setting, data.byPath);
      cancel = live.run({ changes, batches, first: run.n }, {
        onBatch: ({ worlds, seconds, data: columns }) => {
          if (!isMine()) return;
          const all = joined(run, run.n, columns, worlds);
          Object.assign(run, all, explorer.decode.masks(data.manifest, all, run.n + worlds));
          Object.assign(run, { n: run.n + worlds, ran: run.ran + worlds, seconds: run.seconds + seconds });
          onChange();
        },
        onDone: () => end(""),
        onProblem: (sentence) => end(sentence),
        onNotice,
      });
    }

    // A setting is shown: its run begins once nothing changes for a while.
    function show(setting) {
      const key = keyOf(setting);
      if (!live || key === wanted) return;
      stop();
      if (setting.changes.length === 0 || (runs.get(key)?.n ?? 0) >= ENOUGH) return;
      wanted = key;
      timer = setTimeout(() => begin(setting, batchesFrom(runs.get(key)?.n ?? 0)), REST);
    }
    const batchesFrom = (n) => (n === 0 ? FIRST : [ENOUGH - n]);
    function more(setting, until) {
      const n = of(setting)?.n ?? 0;
      const batches = [];
      for (let at = n; at < Math.min(until, data.n); ) {
        const size = Math.min(Math.max(100, Math.min(400, at)), Math.min(until, data.n) - at);
        batches.push(size);
        at += size;
      }
      if (batches.length > 0) begin(setting, batches);
    }

    // How the run of a setting stands, in words.
    function status(setting) {
      const run = of(setting);
      if (!run || (run.n === 0 && !run.going && !run.problem)) return timer === null ? "Not run." : "";
      const { words } = explorer;
      if (run.problem) return run.problem;
      if (!run.going) return `${words.count(run.n)} worlds run on this machine.`;
      if (run.n === 0) return "The true run has begun.";
      const left = run.ran > 0 ? Math.ceil(((run.until - run.n) * run.seconds) / run.ran) : 0;
      return `${words.count(run.n)} worlds run, refining\u2026 about ${left} s left.`;
    }
    return { of, show, more, halt, status };
  }

  return { manager, joined };
})();
