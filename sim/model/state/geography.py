"""The 14 provinces on their real border graph, with fixed traits, and the economic assets in them.

Provinces are cells of a Mesa `Network`; arrays follow the order of the cells. Sources and grades of the traits stand in
`sim/data/traits.csv` and `sim/data/provinces.csv`; caveats and licences in `sim/data/README.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.state.csv_files import read_csv
from sim.model.state.dimensions import Array, Sector

if TYPE_CHECKING:  # Mesa takes most of a second to load, which those who only read scenarios need not wait for
    from mesa.discrete_space import Network

SECTOR_OF = {
    "oil": Sector.OIL_GAS,
    "gas": Sector.OIL_GAS,
    "oil/gas": Sector.OIL_GAS,
    "refinery": Sector.OIL_GAS,
    "power": Sector.POWER,
    "hydropower": Sector.POWER,
    "phosphate": Sector.PHOSPHATE,
    "fertiliser": Sector.PHOSPHATE,
    "agriculture": Sector.AGRICULTURE,
    "real estate": Sector.REAL_ESTATE,
    "port": Sector.TRANSPORT_INDUSTRY,
    "industry": Sector.TRANSPORT_INDUSTRY,
}


@dataclass(frozen=True)
class Provinces:
    """The provinces in axis order.

    Columns broadcast over worlds. `borders` are pairs of axis indices, `neighbours` the same as rows of indices filled up with -1.
    """

    iso: tuple[str, ...]
    name: tuple[str, ...]
    population: Float[Array, "provinces 1"]  # shares of the country's
    area: Float[Array, "provinces 1"]  # square kilometres
    exclusion: Float[Array, "provinces 1"]  # share within the exclusion distance of the line of Israeli control
    turkish_border: Float[Array, "provinces 1"]  # 1 on it
    traits: dict[str, Float[Array, "provinces 1"]]
    borders: tuple[tuple[int, int], ...]
    neighbours: Int[Array, "provinces most"]
    space: "Network"
    iso_rank: Int[Array, " provinces"]  # place among the ISO codes, by which random numbers are ordered

    def __len__(self) -> int:
        return len(self.iso)

    @cached_property
    def peopled(self) -> Float[Array, "provinces 1"]:
        """People of each province, those of the most peopled counting 1."""
        return self.population / self.population.max()

    @cached_property
    def by_iso(self) -> Int[Array, " provinces"]:
        """Province indices in the order of ISO codes."""
        return np.argsort(self.iso_rank)

    @cached_property
    def of_local_powers(self) -> Int[Array, " local"]:
        """Indices of the provinces where there are local powers to speak of, in the order of ISO codes."""
        return self.by_iso[self.traits["local_power"][self.by_iso, 0] > 0.0]

    def index(self, iso: str) -> int:
        """Axis index of an ISO code."""
        return self.iso.index(iso)


@dataclass(frozen=True)
class Assets:
    """Economic assets in order of their names, with the indices of province and sector."""

    name: tuple[str, ...]
    province: Int[Array, " assets"]
    sector: Int[Array, " assets"]
    rows: tuple[dict[str, str], ...]

    def __len__(self) -> int:
        return len(self.name)

    @cached_property
    def by_province(self) -> dict[int, Int[Array, " assets"]]:
        """The assets of each province that has any, both as indices."""
        return {int(place): np.flatnonzero(self.province == place) for place in np.unique(self.province)}


@dataclass(frozen=True)
class Towns:
    """Named towns, places inside provinces."""

    key: tuple[str, ...]
    name: tuple[str, ...]
    province: Int[Array, " towns"]
    besiegeable: Bool[Array, " towns"]  # a town that holds out when the ground around it is lost

    def __len__(self) -> int:
        return len(self.key)


def load_provinces(order: tuple[str, ...] | None = None) -> Provinces:
    """The provinces sorted by ISO code, or in another `order` of the codes (which must not matter for results)."""
    rows = {row["iso_3166_2"]: row for row in read_csv("provinces.csv")}
    iso = order or tuple(sorted(rows))
    names = tuple(rows[code]["name"] for code in iso)
    space = _border_network(iso, names)
    borders = _pairs(space, iso)
    people = _column([float(rows[code]["pop_2021_model"]) for code in iso])
    traits = _traits(iso)
    inside = _column([float(rows[code]["share_within_83km_alpha"]) for code in iso])
    discount = traits["exclusion_discount"]
    return Provinces(
        iso=iso,
        name=names,
        population=people / people.sum(),
        area=_column([float(rows[code]["area_cbs_km2"]) for code in iso]),
        exclusion=np.where(discount > 0.0, discount, inside),
        turkish_border=_column([float(rows[code]["border_turkey_km"]) > 0.0 for code in iso]),
        traits=traits,
        borders=borders,
        neighbours=neighbours_of(borders, iso),
        space=space,
        iso_rank=np.argsort(np.argsort(np.array(iso))),
    )


def load_assets(provinces: Provinces) -> Assets:
    """The assets; rows that record a contract on another asset's ground are awards, not second assets, and are left out."""
    rows = sorted((r for r in read_csv("assets.csv") if "(contract)" not in r["sector"]), key=lambda r: r["name"])
    return Assets(
        name=tuple(r["name"] for r in rows),
        province=np.array([provinces.name.index(r["province"]) for r in rows]),
        sector=np.array([int(SECTOR_OF[r["sector"]]) for r in rows]),
        rows=tuple(rows),
    )


def load_towns(provinces: Provinces) -> Towns:
    """The towns of `towns.csv`."""
    rows = read_csv("towns.csv")
    return Towns(
        key=tuple(r["key"] for r in rows),
        name=tuple(r["name"] for r in rows),
        province=np.array([provinces.index(r["province"]) for r in rows]),
        besiegeable=np.array([r["front"] == "pocket" for r in rows]),
    )


def neighbour_sum(
    x: Float[Array, "*rest provinces worlds"], neighbours: Int[Array, "provinces most"]
) -> Float[Array, "*rest provinces worlds"]:
    """For each province the sum of `x` over the provinces it borders; `neighbours` as in `Provinces`."""
    padded = np.zeros((*x.shape[:-2], x.shape[-2] + 1, x.shape[-1]))  # so that -1, which fills up the list of neighbours, points at nothing
    padded[..., :-1, :] = x
    return np.add.reduce(padded.take(neighbours.T, axis=-2), axis=-3)


def _border_network(iso: tuple[str, ...], names: tuple[str, ...]) -> "Network":
    """The Mesa space: a cell per province, connected where provinces share a border."""
    import networkx as nx
    from mesa.discrete_space import Network

    code = dict(zip(names, iso, strict=True))
    graph = nx.Graph()
    graph.add_nodes_from(iso)
    graph.add_edges_from((code[r["province_a"]], code[r["province_b"]]) for r in read_csv("adjacency.csv"))
    return Network(graph, random=Random(0))


def _pairs(space: "Network", iso: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Every border once, as axis indices, in the order of the ISO codes."""
    index = {code: i for i, code in enumerate(iso)}
    pairs = {tuple(sorted((c.coordinate, n.coordinate))) for c in space.all_cells for n in c.neighborhood}
    return tuple((index[a], index[b]) for a, b in sorted(pairs))


def neighbours_of(borders: tuple[tuple[int, int], ...], iso: tuple[str, ...]) -> Int[Array, "provinces most"]:
    """Neighbours of each province in the order of their ISO codes, filled up with -1."""
    lists: list[list[int]] = [[] for _ in iso]
    for a, b in borders:
        lists[a].append(b)
        lists[b].append(a)
    most = max(len(beside) for beside in lists)
    return np.array([sorted(beside, key=lambda i: iso[i]) + [-1] * (most - len(beside)) for beside in lists])


def _traits(iso: tuple[str, ...]) -> dict[str, Float[Array, "provinces 1"]]:
    """Every trait of `traits.csv` as a column; zero where no row names the province."""
    columns: dict[str, Array] = {}
    for row in read_csv("traits.csv"):
        column = columns.setdefault(row["trait"], np.zeros((len(iso), 1)))
        column[iso.index(row["province"]), 0] = float(row["value"])
    return columns


def _column(values: Sequence[float]) -> Float[Array, "provinces 1"]:
    """Numbers of the provinces as a column, which broadcasts over worlds."""
    return np.array(values, dtype=float).reshape(-1, 1)
