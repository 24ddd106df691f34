"""Scenarios of other sizes than the real one: more armed groups, more provinces."""

from dataclasses import replace
from random import Random
from typing import Any

import networkx as nx
import numpy as np
from mesa.discrete_space import Network

from sim.model.state.dimensions import Array
from sim.model.state.geography import Provinces, load_provinces, neighbours_of
from sim.scenario import Scenario, load_scenario


def with_twice_the_groups() -> Scenario:
    """The baseline with every armed group split into two alike."""
    scenario = load_scenario("baseline")
    groups = {f"{name}{end}": row for name, row in scenario.start_state["groups"].items() for end in ("", "_too")}
    settings = dict(scenario.settings)
    for path, setting in scenario.settings.items():
        section, _, rest = path.partition(".")
        if section == "groups":
            name, _, trait = rest.partition(".")
            copy = f"groups.{name}_too.{trait}"
            settings[copy] = replace(setting, path=copy)
    return replace(scenario, settings=settings, start_state={**scenario.start_state, "groups": groups})


def with_provinces(count: int) -> tuple[Scenario, Provinces]:
    """The baseline on a map of `count` provinces: each real one cut into equal parts, as many as the others or one more.

    Parts of a province lie in a row; part i borders part i of each province next door. People, area and force are divided among the
    parts, shares and traits are the same in each. The first part keeps the code and the name, and with them assets, towns and zones, so
    that a synthetic map has more fronts without a zone: it measures how time grows, nothing else.
    """
    real, scenario = load_provinces(), load_scenario("baseline")
    parts = [count // len(real) + (i < count % len(real)) for i in range(len(real))]
    codes = {code: [code, *(f"{code}.{part}" for part in range(1, n))] for code, n in zip(real.iso, parts, strict=True)}
    return replace(scenario, start_state=_cut(scenario.start_state, codes)), _cut_map(real, codes)


def _cut_map(real: Provinces, codes: dict[str, list[str]]) -> Provinces:
    """The provinces after cutting each into the parts named."""
    parts = [len(one) for one in codes.values()]
    iso = tuple(code for code in codes for code in codes[code])
    graph = nx.Graph()
    graph.add_nodes_from(iso)
    for row in codes.values():
        nx.add_path(graph, row)
    for a, b in real.borders:
        graph.add_edges_from(zip(codes[real.iso[a]], codes[real.iso[b]], strict=False))
    borders = tuple(sorted((iso.index(a), iso.index(b)) for a, b in graph.edges))

    def same(x: Array) -> Array:
        return np.repeat(x, parts, axis=0)

    def divided(x: Array) -> Array:
        return np.repeat(x / np.array(parts)[:, np.newaxis], parts, axis=0)

    return Provinces(
        iso=iso,
        name=tuple(name if part == 0 else f"{name} {part}" for name, n in zip(real.name, parts, strict=True) for part in range(n)),
        population=divided(real.population),
        area=divided(real.area),
        exclusion=same(real.exclusion),
        turkish_border=same(real.turkish_border),
        traits={name: same(column) for name, column in real.traits.items()},
        borders=borders,
        neighbours=neighbours_of(borders, iso),
        space=Network(graph, random=Random(0)),
        iso_rank=np.argsort(np.argsort(np.array(iso))),
    )


def _cut(start: Any, codes: dict[str, list[str]], divide: bool = False) -> Any:
    """A start table with every province replaced by its parts; a deployment and strikes are divided among them."""
    if not isinstance(start, dict):
        return start
    if start and set(start) <= set(codes):
        return {part: value / len(codes[code]) if divide else value for code, value in start.items() for part in codes[code]}
    return {name: _cut(value, codes, name in ("deployment", "per_month")) for name, value in start.items()}
