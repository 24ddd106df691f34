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
    + "What you see stays. Your setting is the part of this address from # on: put it behind the new address.";
  const CUT = "The run ended before it was done. What you see stays; run it again.";
  const KEY = crypto.getRandomValues(new Uint32Array(2)).join("-"); // of this window: its next run takes the place of the one before

  /** The program does not answer, or another one does. */
  class Lost extends Error {}

  function lost() {
    throw new Lost(GONE);
  }

  /** A request below the page's own address, which has the word that only it knows. */
  function ask(path, sent, signal) {
    const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) };
    const options = { ...(sent === undefined ? {} : post), signal, cache: "no-store", redirect: "error" };
    return fetch(new URL(path, location.href.split("#")[0]), options).catch(lost);
  }

  /** Whether an answer is of a kind; another program, which may have the port by now, gives other kinds. */
  function isOf(response, kind) {
    return (response.headers.get("Content-Type") ?? "").startsWith(kind);
  }

  /** What was answered, as an object. */
  async function answered(response) {
    return isOf(response, "application/json") ? response.json().catch(lost) : lost();
  }

  async function asked(path, sent) {
    try {
      return await answered(await ask(path, sent));
    } catch (error) {
      if (error instanceof Lost) return { problem: GONE };
      throw error;
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
      const { value, done } = await reader.read().catch(lost);
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
      if (!response.ok) return end(onProblem, (await answered(response)).problem);
      if (!isOf(response, "application/x-ndjson")) lost();
      for await (const line of lines(response)) {
        if (!isHeard) return undefined;
        if (line.problem) return end(onProblem, line.problem);
        if (line.done) return end(onDone);
        if (line.notice && onNotice) onNotice(line.notice);
        if (line.data) onBatch({ ...line, data: Object.fromEntries(Object.entries(line.data).map(([name, text]) => [name, bytes(text)])) });
      }
      return end(onProblem, CUT);
    };
    follow().catch((error) => {
      end(error instanceof Lost ? onProblem : null, GONE);
      if (!(error instanceof Lost)) throw error; // of whoever hears a batch: a console shows it
    });
    return () => end();
  }

  return { run, save: ({ name, text }) => asked("scenarios", { name, text }), about: () => asked("about") };
})();
