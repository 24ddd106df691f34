"""Events: every notable happening, with month, place and the claims it derives from; counted over worlds, and recorded for stories."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.state.dimensions import Array

EventCount = Float[Array, "*provinces worlds"] | Bool[Array, "*provinces worlds"]


@dataclass(frozen=True)
class EventKind:
    """A kind of event. Stories fill {place} and {count} into its `sentence`, and sum up a routine kind once a year."""

    name: str
    meaning: str
    claims: str
    sentence: str
    routine: bool = False


KINDS: tuple[EventKind, ...] = (
    EventKind("scripted", "a scripted decision from outside takes effect", "", "The scenario changes a condition: {text}."),
    EventKind("escalation", "regional tension between Israel and Iran rises for some months", "R27 R39", "Tension in the region rises."),
    EventKind("crisis", "the government's finances take a blow", "R83", "The government's finances take a blow."),
    EventKind("surge", "Islamic State activity rises for some months", "R73", "Islamic State attacks rise again."),
    EventKind("contact_lost", "a main contact between the partners is lost", "R08 R53", "A main contact between the partners is lost."),
    EventKind("government_gain", "the government takes ground", "R01 R15 R62", "The government takes ground in {place}."),
    EventKind("opposition_gain", "the opposition takes ground", "R03 R47", "The opposition takes ground in {place}."),
    EventKind("sdf_gain", "the SDF takes ground (ours)", "", "The SDF takes ground in {place}."),
    EventKind("islamic_state_gain", "the Islamic State takes ground", "R03", "The Islamic State takes ground in {place}."),
    EventKind("government_repelled", "an offensive of the government fails", "R12", "An offensive of the government fails in {place}."),
    EventKind("opposition_repelled", "an offensive of the opposition fails (ours)", "", "An offensive of the opposition fails in {place}."),
    EventKind("sdf_repelled", "an offensive of the SDF fails (ours)", "", "An offensive of the SDF fails in {place}."),
    EventKind(
        "islamic_state_repelled",
        "an offensive of the Islamic State fails (ours)",
        "",
        "An offensive of the Islamic State fails in {place}.",
    ),
    EventKind(
        "government_rout",
        "garrisons of the government leave without a battle (ours)",
        "R47",
        "Garrisons of the government leave {place} without a battle; {text} take over.",
    ),
    EventKind(
        "opposition_rout",
        "garrisons of the opposition leave without a battle (ours)",
        "",
        "Garrisons of the opposition leave {place} without a battle; {text} take over.",
    ),
    EventKind(
        "sdf_rout",
        "garrisons of the SDF leave without a battle (ours)",
        "",
        "Garrisons of the SDF leave {place} without a battle; {text} take over.",
    ),
    EventKind(
        "islamic_state_rout",
        "garrisons of the Islamic State leave without a battle (ours)",
        "",
        "Garrisons of the Islamic State leave {place} without a battle; {text} take over.",
    ),
    EventKind(
        "withdrawal",
        "the government gives up what it can hardly hold",
        "R02",
        "The government withdraws from {place}; {text} take over.",
    ),
    EventKind(
        "rising", "towns of local powers drive the government out (ours)", "R29", "Towns in {place} rise and drive the government out."
    ),
    EventKind(
        "operation_turkey",
        "Turkey's army begins an operation across the border (ours)",
        "",
        "Turkey's army begins an operation in {place}.",
    ),
    EventKind("pocket_yields", "a besieged pocket yields, by agreement or assault (ours)", "R15", "A besieged pocket in {place} yields."),
    EventKind("town_taken", "a town changes hands; recorded for stories only", "R15 R18 R26 R69", "{text}."),
    EventKind("raid", "an Islamic State raid", "R22 R73", "Islamic State cells carry out raids in {place} ({count}).", True),
    EventKind(
        "province_lost",
        "the government has lost a quarter of a province of which it held three tenths or more",
        "R47",
        "The government has lost its hold on {place}.",
    ),
    EventKind(
        "strike_israel",
        "an Israeli strike on Iran-backed presence",
        "R27",
        "Israel strikes Iran-backed presence in {place} ({count}).",
        True,
    ),
    EventKind(
        "strike_us",
        "a US strike on Iran-backed presence",
        "R76",
        "The United States strikes Iran-backed presence in {place} ({count}).",
        True,
    ),
    EventKind(
        "russian_arrival",
        "Russia-backed forces arrive in strength where attacks rose",
        "R22 R73",
        "Russia-backed forces arrive in strength in {place}.",
    ),
    EventKind(
        "contract_russia", "a tender (memorandum) won by Russian firms", "R32 R33", "Russian firms win a tender (memorandum) in {place}."
    ),
    EventKind("contract_iran", "a tender (memorandum) won by Iranian firms", "R32", "Iranian firms win a tender (memorandum) in {place}."),
    EventKind(
        "contract_others",
        "a tender (memorandum) won by other investors (ours)",
        "",
        "Other investors win a tender (memorandum) in {place}.",
    ),
    EventKind(
        "won_over_iran",
        "a tender won by Russian firms over a serious Iranian bid",
        "R33",
        "Russian firms win a tender in {place} over a serious Iranian bid.",
    ),
    EventKind(
        "contract_in_force",
        "a memorandum is carried out: a contract comes into force",
        "R32 R79",
        "A contract comes into force in {place}.",
    ),
    EventKind(
        "contract_lapsed",
        "a memorandum comes to nothing, or a contract ends (ours)",
        "",
        "A memorandum comes to nothing or a contract ends in {place}.",
    ),
    EventKind(
        "incident_command",
        "a dispute over posts or command on the ground",
        "R23 R61",
        "The partners' forces dispute posts or command in {place}.",
    ),
    EventKind(
        "incident_cover",
        "losses without air cover strain relations between the partners",
        "R05 R12",
        "Losses without air cover strain relations with Iran in {place}.",
    ),
    EventKind("incident_economic", "a dispute over a tender", "R32", "The partners dispute a tender."),
    EventKind("incident_diplomatic", "a public dispute between the partners", "R13 R59", "Russian publicity draws protest from Tehran."),
    EventKind("exchange", "the partners exchange one issue for another in talks", "R35 R43", "The partners agree: {text}."),
    EventKind("bargain_russia", "an exchange gives Russia primacy in a province", "R35 R43", "An exchange leaves {place} to Russia."),
    EventKind("bargain_iran", "an exchange gives Iran primacy in a province", "R35 R43", "An exchange leaves {place} to Iran."),
    EventKind("tenders_russia", "an exchange leaves tenders in a sector to Russia", "R32 R35", "An exchange leaves tenders to Russia."),
    EventKind("tenders_iran", "an exchange leaves tenders in a sector to Iran", "R32 R35", "An exchange leaves tenders to Iran."),
    EventKind("posts_change_hands", "posts change hands after an exchange", "R24", "Posts change hands in {place}."),
    EventKind(
        "agreement_undone", "an exchange is undone, as one partner no longer gains (ours)", "", "An agreement of the partners is undone."
    ),
    EventKind("partner_gone", "a partner leaves Syria (ours)", "", "{text} leaves Syria."),
    EventKind("breakdown", "the partnership breaks down", "R31", "The partnership of Russia and Iran breaks down."),
    EventKind("mended", "the partnership resumes", "R16 R31", "Russia and Iran resume their partnership."),
    EventKind("collapse_ground", "the government falls with its core territory", "R47", "The government falls with its core territory."),
    EventKind("taken_over", "who takes over after the government's fall (ours)", "", "After the fall {text} take over {place}."),
    EventKind("collapse_within", "the government falls to a coup or insolvency", "R52", "The government falls from within."),
)
KIND_INDEX = {kind.name: i for i, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class EventRecord:
    """One event of one world: month index, kind, province index (None for the whole country), how often."""

    month: int
    kind: EventKind
    province: int | None
    world: int
    count: float
    text: str = ""
    day: int = 0  # of the month, from which on; 0 where it has no day


@dataclass
class EventLog:
    """Counts of events by kind, month and province (last column: the whole country), summed over the first `n_worlds` worlds.

    With `record_events` every event of every world is kept besides, in `records`.
    """

    n_worlds: int
    n_months: int
    n_provinces: int
    record_events: bool = False
    records: list[EventRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counts = np.zeros((len(KINDS), self.n_months, self.n_provinces + 1), dtype=np.int64)

    def note(self, name: str, month: int, count: EventCount, text: str | Mapping[int, str] = "", day: int = 0) -> None:
        """Note how often an event happened in each world, by province or in the whole country.

        `text` (alike or by world) and `day` are for stories.
        """
        kind = KIND_INDEX[name]
        real = count[..., : self.n_worlds]
        if not np.count_nonzero(real):
            return
        if real.ndim == 1:
            self.counts[kind, month, -1] += int(real.sum())
        else:
            self.counts[kind, month, :-1] += real.sum(axis=-1).astype(np.int64)  # whole numbers, so the sum is exact
        if self.record_events:
            for where in np.argwhere(real > 0):
                province = None if real.ndim == 1 else int(where[0])
                world = int(where[-1])
                words = text if isinstance(text, str) else text.get(world, "")
                self.records.append(EventRecord(month, KINDS[kind], province, world, float(real[tuple(where)]), words, day))

    def note_at(
        self, name: str, month: int, province: Int[Array, " events"], world: Int[Array, " events"], text: str = "", day: int = 0
    ) -> None:
        """Note single events by the indices of their provinces and worlds."""
        real = world < self.n_worlds
        kind, province, world = KIND_INDEX[name], province[real], world[real]
        np.add.at(self.counts[kind, month], province, 1)
        if self.record_events:
            for place, where in zip(province.tolist(), world.tolist(), strict=True):
                self.records.append(EventRecord(month, KINDS[kind], place, where, 1.0, text, day))

    def note_one(self, name: str, month: int, province: int, world: int, text: str = "", day: int = 0) -> None:
        """Note one event of one world, in the province of an index."""
        if world < self.n_worlds:
            kind = KIND_INDEX[name]
            self.counts[kind, month, province] += 1
            if self.record_events:
                self.records.append(EventRecord(month, KINDS[kind], province, world, 1.0, text, day))
