"use strict";
// Saving a setting as a scenario file: from a stored page as a download, in live mode into the scenarios of the project, after its checks.
explorer.saveDialog = (() => {
  const { byId } = explorer.widgets;
  const { scenarioText, settings } = explorer;

  const DOWNLOADED = "Put the file into the folder scenarios/ of the project, then run the command that its first lines name.";
  const REFUSED = "The browser does not allow copying; mark the text and copy it.";

  function create(data, store, said) {
    const dialog = byId("save");
    const [name, question, preview, problem, result] = ["save-name", "save-question", "save-text", "save-problem", "save-result"].map(byId);
    const isLive = data.manifest.mode === "live" && Boolean(explorer.live);
    let setting = settings.empty();

    function renew() {
      const trouble = scenarioText.nameProblem(name.value, data.manifest);
      problem.textContent = trouble;
      problem.hidden = trouble === "";
      byId("save-do").disabled = trouble !== "";
      byId("save-copy").disabled = trouble !== "";
      result.textContent = "";
      preview.textContent = trouble ? "" : scenarioText.of(data, setting, { name: name.value, question: question.value, said: said() });
    }
    function open() {
      setting = store.now[store.now.active];
      if (setting.changes.length === 0) return;
      name.value = scenarioText.suggestedName(setting);
      question.value = scenarioText.suggestedQuestion(data, setting);
      const differs = setting.changes.some(({ path }) => data.byPath.get(path).saved_differs);
      byId("save-differs").textContent = `A file sets these numbers in every world, as here. ${differs ? explorer.controls.DIFFERS : ""}`;
      byId("save-do").textContent = isLive ? "Save in scenarios/" : "Download the file";
      byId("save-next").textContent = isLive ? "" : DOWNLOADED;
      renew();
      dialog.showModal();
    }
    function download() {
      const address = URL.createObjectURL(new Blob([preview.textContent], { type: "text/yaml" }));
      const link = document.createElement("a");
      link.href = address;
      link.download = `${name.value}.yaml`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
      result.textContent = `${name.value}.yaml was handed to the browser, which keeps it with your downloads.`;
    }
    async function keep() {
      try {
        const answer = await explorer.live.save({ name: name.value, text: preview.textContent });
        if (answer.problem) throw new Error(answer.problem);
        result.textContent = [`Saved as ${answer.path}. Run it: ${answer.command}`, ...(answer.notices ?? [])].join(" ");
      } catch (error) {
        problem.hidden = false;
        problem.textContent = error.message;
      }
    }
    async function copy() {
      await navigator.clipboard.writeText(preview.textContent);
      result.textContent = "The text is copied.";
    }
    name.addEventListener("input", renew);
    question.addEventListener("input", renew);
    byId("save-copy").addEventListener("click", () => copy().catch(() => { result.textContent = REFUSED; }));
    byId("save-close").addEventListener("click", () => dialog.close());
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (byId("save-do").disabled) return;
      if (isLive) keep();
      else download();
    });
    return { open };
  }

  return { create };
})();
