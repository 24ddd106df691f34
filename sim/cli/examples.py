"""Examples of every command, as its help shows them; the tests run each of them."""

from typing import NamedTuple


class Example(NamedTuple):
    """What is typed after `spheres`, what it is for, and how long it takes where that is more than some seconds."""

    words: str
    meaning: str
    takes: str = ""


FIRST = "spheres"  # the program itself, whose examples are a first session
# Folders of results in examples are those that `spheres run` (or an example above) makes.
EXAMPLES: dict[str, tuple[Example, ...]] = {
    FIRST: (
        Example("init work", "a folder to work in; then: cd work"),
        Example("run baseline iran_withdraws --worlds 100 --name first", "two scenarios, in some seconds"),
        Example("compare results/first", "both on a page"),
    ),
    "init": (Example("init work", "a folder to work in, with all scenarios; then: cd work"),),
    "new": (
        Example("new more_strikes", "the lines that most scenarios need"),
        Example("new no_route --from land_route_cut --all", "with every parameter that can be changed"),
    ),
    "check": (
        Example("check", "every file in scenarios/"),
        Example("check scenarios/iran_withdraws.yaml", "one file"),
    ),
    "run": (
        Example("run baseline iran_withdraws --worlds 100 --name first", "a first look at two scenarios"),
        Example("run baseline --set israel.strike_rate=6 --worlds 50 --months 24 --name six", "with another value, for two years"),
        Example("run", "all scenarios, 1,000 worlds each, to results/default/", "three to six minutes on two cores"),
    ),
    "compare": (
        Example("compare results/default --scenarios baseline,iran_withdraws", "two scenarios on a page"),
        Example("compare results/default --scenarios baseline,iran_withdraws --world 7", "where one world of both diverges"),
        Example("compare results/default", "all scenarios on a page", "about a minute with 34 scenarios"),
    ),
    "replay": (Example("replay results/default --scenario iran_withdraws --world 7", "the story of one world"),),
    "export": (
        Example("export results/default worlds --csv", "a row a world, for a spreadsheet"),
        Example("export results/default", "all tables, as Parquet"),
    ),
    "tidy": (Example("tidy default", "what results/default/ no longer uses"),),
    "find": (Example("find Hezbollah", "all that has to do with a word"), Example("find strike rate", "both words are required")),
    "explain": (
        Example("explain israel.strike_rate", "a parameter: value, source, use"),
        Example("explain R43 --quick", "a claim of the report, without running worlds"),
    ),
    "patterns": (Example("patterns results/default --role held_out", "patterns that no number was fitted to"),),
    "claims": (
        Example("claims --worlds 20 --months 12", "a rough look, at one year"),
        Example("claims", "500 worlds for each claim", "some minutes"),
    ),
    "history": (
        Example("history --worlds 60", "a rough look"),
        Example("history --held-out", "also scored on the facts that are held out", "about 20 seconds"),
    ),
    "verdicts": (Example("verdicts results/default", "after `spheres run` and `spheres history --held-out`"),),
    "calibrate": (
        Example("calibrate tried --parameters israel.strike_rate --trials 4 --worlds 20 --months 24", "a rough look"),
        Example(
            "calibrate fitted --parameters israel.strike_rate,fight.*", "100 trials of 200 worlds", "one to three minutes on two cores"
        ),
    ),
    "explore": (
        Example(
            "explore results/explorer --page", "after: spheres run baseline --worlds 10000 --name explorer", "one to two minutes with it"
        ),
        Example("explore", "opens the page with true runs on this machine", "until Ctrl-C"),
    ),
    "interests": (
        Example("interests --actor iran --worlds 40 --months 24 --name iran", "a rough look at one actor"),
        Example("interests", "all actors, ten years", "one to two minutes on two cores"),
    ),
    "design": (
        Example("design scenarios/designs/strikes_and_budget.yaml", "what it takes; runs nothing"),
        Example("design scenarios/designs/strikes_and_budget.yaml --run", "runs it", "about 10 seconds"),
    ),
    "sweep": (
        Example("sweep israel.strike_rate=1:8:5 --outcome balance --worlds 20 --months 24", "five values, a rough look"),
        Example("sweep israel.strike_rate=1:8:5 --outcome iranian_primacy --outcome balance", "200 worlds at each", "about 10 seconds"),
    ),
    "sensitivity": (
        Example("sensitivity results/default --outcome balance --stored", "single parameters, from the worlds that are there"),
        Example("sensitivity results/default --outcome balance", "also luck and groups of parameters", "one to two minutes on two cores"),
    ),
    "discover": (
        Example("discover iranian_primacy --scenario russia_distracted --against baseline", "where a scenario makes the difference"),
        Example("discover 'balance>0.6'", "in which worlds of the baseline an index is high"),
    ),
    "robust": (Example("robust --outcome iran_force --scenario iran_withdraws", "where a difference keeps its sign"),),
    "search": (
        Example("search --over delimitation,balance --budget 400 --months 24 --name corners", "a rough look"),
        Example("search iranian_primacy", "what an outcome takes", "one to two minutes on two cores"),
    ),
}


def lines_of(command: str) -> list[tuple[str, str]]:
    """What is typed, and what it is for, of each example of a command."""
    return [
        (f"spheres {example.words}", f"{example.meaning}{f' ({example.takes})' if example.takes else ''}")
        for example in EXAMPLES.get(command, ())
    ]
