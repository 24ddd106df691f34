"use strict";
// A setting as a scenario file: small, commented, and valid for the loader. Every text from outside is quoted or cleared of line ends.
explorer.scenarioText = (() => {
  const { words, settings } = explorer;
  // As sim/scenario/scenario_names.py has it.
  const NAME = /^(?!(?:con|aux|nul|prn|(?:com|lpt)[0-9]|nan|null)$)[a-z0-9][a-z0-9_-]{0,59}$/;
  const NEEDED = "Use small letters, digits, '_' and '-', at most 60, such as my_scenario; not nan, null or a device of Windows such as con.";
  const isName = (name) => NAME.test(name);
  const nameProblem = (name, manifest) => {
    if (!isName(name)) return NEEDED;
    return name === manifest.scenario.name ? "This is the name of the scenario that it extends; choose another." : "";
  };
  const plainName = (name) => (/^[a-z][a-z0-9_-]*$/.test(name) && !["true", "false"].includes(name) ? name : JSON.stringify(name));
  const QUESTION = 300; // letters

  // One line without controls, halves of letters or marks of direction, which files refuse.
  const oneLine = (text) => text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\ufffd]+/gu, " ").replace(/\s+/g, " ").trim();
  const quoted = (text) => JSON.stringify(oneLine(text));

  function suggestedName(setting) {
    const parts = setting.changes.slice(0, 2).map(({ path }) => path.split(".").slice(-1)[0]);
    const owner = setting.changes[0]?.path.split(".")[0] ?? "my";
    const name = `${owner}_${parts.join("_") || "scenario"}`.toLowerCase().replace(/[^a-z0-9_-]/g, "_").slice(0, 50);
    return isName(name) ? name : "my_scenario";
  }
  function suggestedQuestion(data, setting) {
    const parts = setting.changes.map(({ path }) => {
      const parameter = data.byPath.get(path);
      return `${path} were ${words.exact(settings.valueIn(setting, parameter))} instead of ${words.exact(parameter.central)}`;
    });
    const when = setting.month ? ` from ${words.month(setting.month)}` : "";
    return `What if ${words.joined(parts)}${when}?`.slice(0, QUESTION);
  }

  function lines(data, setting, indent) {
    return setting.changes.map((change) => {
      const parameter = data.byPath.get(change.path);
      const number = words.exact(settings.valueIn(setting, parameter));
      const range = settings.isDrawn(parameter) ? `plausible ${words.exact(parameter.low)} to ${words.exact(parameter.high)} ` : "";
      const differs = parameter.saved_differs ? "; set, not drawn: its run can differ from the explorer's" : "";
      const about = oneLine(`${range}${parameter.unit}; ${parameter.grade}`);
      return `${indent}${change.path}: ${number} # from ${words.exact(parameter.central)} (${about})${differs}`;
    });
  }

  function of(data, setting, { name, question, said }) {
    const { scenario, result, seed } = data.manifest;
    const because = "because: chosen in the explorer; state your reason here";
    const until = setting.until ? [`    until: ${setting.until}`] : [];
    const changes = setting.month
      ? ["events:", `  - month: ${setting.month}`, ...until, "    set:", ...lines(data, setting, "      "), `    ${because}`]
      : ["set:", ...lines(data, setting, "  "), because];
    const heard = said === "" ? [] : [
      `# What the explorer said (result ${oneLine(result)}, seed ${seed}); a scenario result, no prediction:`,
      `#   ${oneLine(said)}`,
    ];
    return [
      "# yaml-language-server: $schema=scenario.schema.json", // for editors, which find it in scenarios/
      `# ${name}.yaml: '${oneLine(scenario.name)}' with what was turned in the explorer. Everything else is as there.`,
      `# Run it: spheres run scenarios/${name}.yaml`,
      ...heard,
      `extends: ${plainName(scenario.name)}`,
      `question: ${quoted(question)}`,
      "basis: beyond_report # our own question; report: from the report; hindsight: uses what happened after June 2021",
      ...changes,
    ].join("\n") + "\n";
  }

  return { of, nameProblem, suggestedName, suggestedQuestion, oneLine };
})();
