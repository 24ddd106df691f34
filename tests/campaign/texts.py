"""Hostile texts and odd values: in manifests and resolved scenarios, on the page, in tables and on the terminal.

Right is: the same numbers, or one clear sentence with exit status 2. Wrong are a traceback, a character that a terminal obeys, a formula
in a table, and an element or a script on the page that the program did not put there.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from command_line import PROJECT

from sim import open_results
from sim.cli.error_handling import input_errors
from sim.compare.compared_scenarios import all_scenarios
from sim.experiment.execution.runner import run as run_settings
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.manifest_file import HASHES, file_hash
from sim.experiment.storage.result_folder import check_place
from sim.experiment.storage.results import Result
from sim.experiment.storage.sealed_json import CHECKSUM, sealed
from sim.replay.rerun import replay
from sim.scenario import load_scenario

from .hostile_texts import Random, mutated, text
from .tally import Budget, Tally
from .text_channels import ENCODINGS, HARMLESS, elements, hostile_page, page, through_csv, through_terminal, typed, unprintable
from .workplace import workplace

PART, RESULT = "texts", Path("results/t")
CYCLE = 400  # of so many cases: one page, eight tables, sixty texts on a terminal, ninety resolved scenarios, and manifests
TYPED_EVERY, SHOWN_EVERY = 500, 1200  # cases of which one goes through the command line, and one through a browser
COMPARED_EVERY = 6  # manifests that are believed of which one is compared and replayed, which takes a second
COMMANDS = (
    ("compare", str(RESULT), "--no-pictures", "--no-stories", "--quiet", "--jobs", "1"),
    ("compare", str(RESULT), "--world", "0", "--scenarios", "baseline,israel_escalates"),
    ("replay", str(RESULT), "--scenario", "baseline", "--world", "1"),
    ("export", str(RESULT), "--csv", "--quiet"),
    ("patterns", str(RESULT)),
    ("tidy", "t"),
    ("verdicts", str(RESULT)),
    ("run", "baseline", "israel_escalates", "--worlds", "2", "--months", "1", "--name", "t", "--no-plots", "--quiet", "--jobs", "1"),
)
Reader = Callable[[], Any]


def run(budget: Budget) -> Tally:
    """Try one text after another."""
    tally, random = Tally(PART), budget.random(PART)
    with workplace("texts-") as here:
        bench = _Bench(here)
        while budget.goes_on(tally.tried):
            tally.tried += 1
            bench.case = f"case {tally.tried} of seed {budget.seed}"
            place = tally.tried % CYCLE
            if place == 60:
                bench.page(tally, random, in_browser=tally.tried % SHOWN_EVERY == 60)
            elif place % 50 == 5:
                bench.channel(tally, lambda: through_csv(random, here / "tables"), "csv")
            elif place % 7 == 3:
                bench.channel(tally, lambda: through_terminal(random), "terminal")
            elif place % 4 == 1:
                bench.resolved(tally, random)
            else:
                bench.manifest(tally, random, typed=tally.tried % TYPED_EVERY == TYPED_EVERY - 2)
        bench.close()
    return tally


class _Bench:
    """A tiny result, and its numbers as they should be."""

    def __init__(self, here: Path) -> None:
        self.here, self.case, self.browser = here, "", None
        names = ("baseline", "israel_escalates")
        scenarios = tuple(load_scenario(PROJECT / "scenarios" / f"{name}.yaml").with_months(1) for name in names)
        run_settings(RunSettings(scenarios, RESULT.name, n_worlds=2, months=1, command="spheres run"))
        self.scenarios, self.names = scenarios, names
        self.place = RESULT / "manifest.json"
        self.text = self.place.read_text(encoding="utf-8")
        self.content = {key: value for key, value in json.loads(self.text).items() if key != CHECKSUM}
        self.right = _numbers(None)
        self.digests = {name: Result(RESULT).scenario(name).digest() for name in names}
        self.files = {name: (RESULT / f"scenarios/{name}.yaml").read_text(encoding="utf-8") for name in names}
        self.elements = elements(page("plain words", HARMLESS, here / "harmless.html"))
        self.typed = self.believed = 0

    def close(self) -> None:
        """End the browser, if there was one."""
        if self.browser is not None:
            self.browser.close()

    def manifest(self, tally: Tally, random: Random, typed: bool) -> None:
        """A manifest that says odd things under a right checksum, through every reader; now and then through the command line."""
        content, done = mutated(self.content, random)
        case = f"{self.case}: manifest, {done}"
        try:
            self.place.write_text(_sealed(content), encoding="utf-8")
        except (ValueError, RecursionError):  # no text, or nested too deeply for one
            self.place.write_bytes(f'{{"scenarios": {"[" * 100_000}'.encode())
        try:
            for read in (self._reads, self._places):
                self._judge(tally, case, read)
            if typed:
                self._type(tally, case)
        finally:
            self._restore()

    def _reads(self) -> str:
        """What is wrong with the numbers of a manifest that is believed."""
        result = Result(RESULT)
        names = [name for name in result.scenarios if name in self.right["table"]]
        for name in names:
            if not result.table(name, "worlds").to_pandas().equals(self.right["table"][name]):
                return f"other worlds of {name}"
        all_scenarios([RESULT, RESULT])
        self.believed += 1
        if self.believed % COMPARED_EVERY != 1:
            return ""
        found = _numbers(open_results(RESULT))
        for name, frame in found["compared"].items():
            wanted = self.right["compared"][name]
            common = sorted(set(frame["scenario"]) & set(wanted["scenario"]))
            one, other = (each[each["scenario"].isin(common)].reset_index(drop=True) for each in (frame, wanted))
            if name in ("shares", "spheres", "contracts", "influence") and common and not one.equals(other):
                return f"other numbers in {name}"
        luck = [result.manifest[key] for key in ("seed", "draws")]
        for name in names if luck == [self.content[key] for key in ("seed", "draws")] else ():
            if replay(result, name, 0).differences:
                return f"a replay of {name} that differs"
        return ""

    def _places(self) -> str:
        check_place(RunSettings(self.scenarios, RESULT.name, n_worlds=2, months=1))
        return ""

    def resolved(self, tally: Tally, random: Random) -> None:
        """A resolved scenario with odd values, under a right hash in the manifest."""
        name = self.names[int(random.integers(2))]
        lines = self.files[name].split("\n")
        at = int(random.integers(3, 12)) if random.integers(3) == 0 else int(random.integers(len(lines)))
        head, colon, value = lines[at].partition(": ")
        try:
            tree, done = mutated({"value": json.loads(value)}, random)
            lines[at] = f"{head}{colon}{json.dumps(tree.get('value', 'gone'))}"
        except (ValueError, RecursionError):
            done = text(random, 2)
            lines[at] = f"{lines[at][: int(random.integers(len(lines[at]) + 1))]}{done}"
        path = RESULT / f"scenarios/{name}.yaml"
        path.write_bytes("\n".join(lines).encode("utf-8", "replace"))
        listed = {**self.content[HASHES], f"scenarios/{name}.yaml": file_hash(path)}
        self.place.write_text(sealed({**self.content, HASHES: listed}), encoding="utf-8")

        def read() -> str:
            return "" if Result(RESULT).scenario(name).digest() == self.digests[name] else "another scenario"

        try:
            self._judge(tally, f"{self.case}: scenarios/{name}.yaml, line {at + 1}, {done[:200]!r}", read)
        finally:
            path.write_text(self.files[name], encoding="utf-8")
            self._restore()

    def channel(self, tally: Tally, send: Callable[[], str], name: str) -> None:
        """Hostile texts through tables or a terminal."""
        try:
            wrong = send()
        except Exception as error:
            tally.fail("tracebacks", f"{self.case}: {name}, {type(error).__name__}: {error}")
            return
        if wrong:
            tally.fail("wrong", f"{self.case}: {name}, {wrong}")

    def page(self, tally: Tally, random: Random, in_browser: bool) -> None:
        """A page full of hostile texts: the elements of the harmless one, and in a browser nothing that runs."""
        try:
            file, done = hostile_page(random, self.here)
        except Exception as error:
            tally.fail("tracebacks", f"{self.case}: page, {type(error).__name__}: {error}")
            return
        if elements(file) != self.elements:
            tally.fail("wrong", f"{self.case}: page with other elements, {done}")
        if in_browser:
            if self.browser is None:
                from .page_in_browser import PageBrowser

                self.browser = PageBrowser()
            wrong = self.browser.wrong(file)
            if wrong:
                tally.fail("wrong", f"{self.case}: page in a browser, {wrong}, {done}")

    def _judge(self, tally: Tally, case: str, read: Callable[[], str]) -> None:
        try:
            wrong = read()
        except input_errors() as error:
            said = str(error)
            wrong = f"it says {said[:200]!r}" if not said.strip() or unprintable(said) or len(said) > 1500 else ""
        except Exception as error:
            tally.fail("tracebacks", f"{case}: {type(error).__name__}: {error}")
            return
        if wrong:
            tally.fail("wrong", f"{case}: {wrong}")

    def _type(self, tally: Tally, case: str) -> None:
        """One of the commands in a process of its own, over the manifest as it stands."""
        words = COMMANDS[self.typed % len(COMMANDS)]
        self.typed += 1
        encoding = ENCODINGS[self.typed % len(ENCODINGS)]
        status, printed = typed(self.here, words, encoding)
        case = f"{case}, spheres {' '.join(words)} in {encoding}"
        if "Traceback" in printed:
            tally.fail("tracebacks", f"{case}: {printed[-400:]}")
        elif status not in (0, 2) or unprintable(printed):
            tally.fail("wrong", f"{case}: exit status {status}, {printed[-300:]!r}")
        for name in ("compare", "worlds", "tables"):
            shutil.rmtree(RESULT / name, ignore_errors=True)

    def _restore(self) -> None:
        self.place.write_text(self.text, encoding="utf-8")


def _numbers(results: Any) -> dict[str, Any]:
    """The numbers of the result: its worlds, and every table of the comparison."""
    results = results or open_results(RESULT)
    comparison = results.comparison
    frames = {name: value for name, value in vars(comparison).items() if isinstance(value, pd.DataFrame) and "scenario" in value}
    return {"table": {name: results.table(name) for name in results.scenarios}, "compared": frames}


def _sealed(content: Any) -> str:
    return sealed(content) if isinstance(content, dict) else json.dumps(content)
