"use strict";
// The page's side of the live mode: true runs on this machine, and scenario files saved there.
//
//   explorer.live.run({ changes, batches, first }, { onBatch, onDone, onProblem, onNotice }) -> cancel()
//   explorer.live.save({ name, text }) -> promise of { path, command, notices } or { problem }
//   explorer.live.about() -> promise of { scenario, worlds, months, fingerprint, problem }
//
// Nothing here fails by an error: what goes wrong comes as a sentence in `problem`, and the page stays as it is.
window.explorer = window.explorer ?? {};
explorer.live = (() => {
  const GONE = "The program on this machine no longer answers. Start it again with: spheres explore. "
    + "What you see stays, and the link above keeps your setting.";
  const CUT = "The run ended before it was done. What you see stays; run it again.";
  const KEY = crypto.getRandomValues(new Uint32Array(2)).join("-"); // of this window: its next run takes the place of the one before

  /** A request below the page's own address, which has the word that only it knows. */
  function ask(path, sent, signal) {
    const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) };
    const options = sent === undefined ? {} : post;
    return fetch(new URL(path, location.href.split("#")[0]), { ...options, signal, cache: "no-store", redirect: "error" });
  }

  /** What was answered, as an object; a sentence in `problem` where it was refused without one. */
  async function answered(response) {
    const type = response.headers.get("Content-Type") || "";
    if (type.startsWith("application/json")) return response.json();
    return { problem: response.ok ? CUT : GONE }; // another program may have the port by now
  }

  async function asked(path, sent) {
    try {
      return await answered(await ask(path, sent));
    } catch {
      return { problem: GONE };
    }
  }

  /** The bytes of a text in base64. */
  function bytes(text) {
    const letters = atob(text);
    const found = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) found[i] = letters.charCodeAt(i);
    return found;
  }

  /** The lines of an answer, as they come. */
  async function* lines(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const part of parts) yield JSON.parse(part);
    }
  }

  /** A run, batch after batch; returns how to end it, after which nothing more is heard of it. */
  function run({ changes, batches, first = 0 }, { onBatch, onDone, onProblem, onNotice }) {
    const control = new AbortController();
    let isHeard = true; // until it has ended, or was cancelled
    const end = (say, ...what) => {
      if (!isHeard) return;
      isHeard = false;
      control.abort();
      if (say) say(...what);
    };
    const follow = async () => {
      const response = await ask("runs", { changes, batches, first, window: KEY }, control.signal);
      if (!response.ok) return end(onProblem, (await answered(response)).problem || GONE);
      for await (const line of lines(response)) {
        if (!isHeard) return undefined;
        if (line.problem) return end(onProblem, line.problem);
        if (line.done) return end(onDone);
        if (line.notice && onNotice) onNotice(line.notice);
        if (line.data) onBatch({ ...line, data: Object.fromEntries(Object.entries(line.data).map(([name, text]) => [name, bytes(text)])) });
      }
      return end(onProblem, CUT);
    };
    // An error of whoever hears a batch is no fault of the program: it is thrown on, where a console shows it.
    follow().catch((error) => (error instanceof TypeError || error instanceof SyntaxError || error.name === "AbortError"
      ? end(onProblem, GONE)
      : end(() => { throw error; })));
    return () => end();
  }

  return { run, save: ({ name, text }) => asked("scenarios", { name, text }), about: () => asked("about") };
})();
