"use strict";
// The stored worlds: blocks of gzipped bytes in base64 become typed arrays, and masks and row lists that many questions share.
explorer.decode = (() => {
  const BLOCKS = ["quantiles", "classes", "horizon", "years", "influence", "spheres"];

  async function inflate(id) {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // Row lists: the worlds that stand at the horizon (`standing`), and in each year (`standingIn`).
  function chosen(n, isIn) {
    const found = new Uint32Array(n);
    let many = 0;
    for (let k = 0; k < n; k += 1) if (isIn(k)) found[many++] = k;
    return found.subarray(0, many);
  }

  // The index that says whether the government has fallen is carried, but not offered as an outcome: its row is the one that none has.
  function hiddenRow({ outcomes }, many) {
    const offered = new Set(outcomes.filter(({ kind, key }) => kind === "index" && key !== "collapsed").map(({ row }) => row));
    const found = Array.from({ length: many }, (_, row) => row).filter((row) => !offered.has(row));
    return found.length === 1 ? found[0] : null;
  }

  // `columns` are those of stored worlds, or of worlds just run; `n` is how many worlds they have.
  function masks(manifest, columns, n) {
    const fallen = manifest.outcomes.find(({ key }) => key === "fallen")?.code ?? 255;
    const collapsed = hiddenRow(manifest, columns.horizon.length / n);
    const years = manifest.years.length;
    const standing = chosen(n, (k) => columns.classes[k] !== fallen);
    const standingIn = manifest.years.map((_, year) => {
      if (collapsed === null) return standing;
      const offset = (collapsed * years + year) * n;
      return chosen(n, (k) => columns.years[offset + k] === 0);
    });
    return { all: chosen(n, () => true), standing, standingIn };
  }

  async function load() {
    const manifest = JSON.parse(document.getElementById("manifest").textContent);
    const arrays = await Promise.all(BLOCKS.map((name) => inflate(`w-${name}`)));
    const columns = Object.fromEntries(BLOCKS.map((name, i) => [name, arrays[i]]));
    const rows = { quantiles: manifest.parameters.length, classes: 3, spheres: manifest.provinces.length };
    for (const [name, many] of Object.entries(rows)) {
      if (columns[name].length !== many * manifest.worlds) throw new Error(`block ${name} is incomplete`);
    }
    return { manifest, n: manifest.worlds, ...columns, ...masks(manifest, columns, manifest.worlds) };
  }

  return { load, masks };
})();
