"use strict";
// The answer in one sentence: the chosen outcome first, then what else moves among the outcomes, then that nothing else does.
explorer.sentence = (() => {
  const { words, answers } = explorer;

  function changesIn(data, setting) {
    return setting.changes.map((change) => {
      const parameter = data.byPath.get(change.path);
      const now = explorer.settings.valueIn(setting, parameter);
      return `${change.path} ${words.value(parameter.central)} \u2192 ${words.value(now)}`;
    });
  }

  function moved(outcome, one) {
    const name = outcome.label;
    if (one.status === "set") return `${name} ${words.withUnit(outcome, one)}, which you set, not found`;
    if (one.status === "none") return `${name}: no detectable difference (${words.withUnit(outcome, one)})`;
    if (one.status === "few") return `${name} ${words.withUnit(outcome, one)}, from too few worlds to be sure`;
    const ends = `${words.level(outcome, one.reference, one.half, true)} \u2192 ${words.level(outcome, one.value, one.half, true)}`;
    const text = `${name} ${words.withUnit(outcome, one)} (${ends})`;
    return one.status === "small" ? `${text}, which is sure, but too little to matter` : text;
  }

  // What else moves: other outcomes, then the index that moves most in standard deviations, or that nothing else does.
  function others(data, answer, key) {
    const moving = (kind) => answers.outcomesOf(data, kind).map((outcome, i) => ({ outcome, one: answer.family(kind)[i] }))
      .filter(({ outcome, one }) => outcome.key !== key && one.status === "finding");
    const byPoints = (a, b) => Math.abs(b.one.difference) - Math.abs(a.one.difference);
    const bySpread = (a, b) => Math.abs(b.one.difference / b.one.std) - Math.abs(a.one.difference / a.one.std);
    const outcomes = moving("class").sort(byPoints).map(({ one, outcome }) => `${outcome.label} ${words.difference(outcome, one)}`);
    const indices = moving("index").sort(bySpread);
    if (answer.family("class").some(({ status }) => status === "few")) return ".";
    const first = outcomes.length > 0 ? `; ${words.joined(outcomes)} points` : "";
    if (indices.length === 0) return `${first}; nothing else moves.`;
    const [{ outcome, one }] = indices;
    const most = `${outcome.label} ${words.withUnit(outcome, one)}`;
    const other = data.byKey.get(key).kind === "index" ? "other " : "";
    const many = indices.length === 1 ? `One ${other}index moves: ${most}.` : `${indices.length} ${other}indices move, most of all ${most}.`;
    const rest = data.byKey.get(key).kind === "class" || outcomes.length > 0 ? "no other outcome moves" : "no outcome between the partners moves";
    return `${first}; ${rest}. ${many}`;
  }

  // Figures are of all worlds and of those that stand: an answer needs enough of both.
  const fewest = (answer) => (answer.speak("standing") < answer.speak("all") ? "standing" : "all");

  // What the program on this machine does about it, in live mode.
  const runs = (failed) => (failed ? "It could not be run here." : "The program on this machine runs it.");

  function tooFew(data, answer, among, failed) {
    const [few, all] = [Math.floor(answer.speak(among)), data.n].map(words.count);
    const only = `Only ${few} of ${all} stored worlds speak for this, and it takes ${data.manifest.least}.`;
    if (data.manifest.mode === "live") return `${only} ${runs(failed)}`;
    return `${only} Turn fewer parameters, or turn them less far, or use the live mode (spheres explore), which runs true worlds.`;
  }

  function beyond(data, reason, failed) {
    const needed = "It needs the live mode: spheres explore, on a machine with the project.";
    const how = data.manifest.mode === "live" ? runs(failed) : needed;
    return `Stored worlds cannot answer this: ${reason}. ${how}`;
  }

  // The sentence of a setting, and whether its figures can be read.
  function of(data, { setting, answer, reason, failed }, key) {
    const outcome = data.byKey.get(key);
    if (setting.changes.length === 0) {
      const one = answer.single(key);
      const level = words.level(outcome, one.reference, one.half);
      const among = outcome.kind === "index" ? "on average over worlds in which the government stands" : `of ${words.count(data.n)} worlds`;
      const baseline = words.capital(words.reference(data.manifest));
      return { text: `${baseline}: ${outcome.label} ${level} ${among}. Turn a slider to ask what if.`, reads: true };
    }
    if (reason && !answer.run) return { text: beyond(data, reason, failed), reads: false };
    if (!answer.run && answer.isFew(fewest(answer))) return { text: tooFew(data, answer, fewest(answer), failed), reads: false };
    return { text: `${words.capital(moved(outcome, answer.single(key)))}${others(data, answer, key)}`, reads: true };
  }

  // How many worlds the answer rests on; of a true run also what stored worlds said, which can be the more precise of the two.
  function support(data, { setting, answer, reason, stored }, key) {
    if (setting.changes.length === 0) return `${words.count(data.n)} worlds, as stored.`;
    if (answer.run) {
      const outcome = data.byKey.get(key);
      const before = stored && !stored.isFew(fewest(stored)) ? ` Stored worlds said ${words.withUnit(outcome, stored.single(key))}.` : "";
      return `True run: ${words.count(answer.run.n)} worlds, each beside the same stored world.${before}`;
    }
    if (reason || answer.isFew(fewest(answer))) return "Figures in grey show the baseline.";
    const among = data.byKey.get(key).kind === "index" ? "standing" : "all";
    return `${words.count(answer.speak(among))} of ${words.count(data.n)} worlds speak for this answer.`;
  }

  return { of, support, changesIn };
})();
