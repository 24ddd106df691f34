"""The state of many worlds at once. `worlds` is the last axis of every array; rules replace arrays, they never hold state elsewhere."""

from dataclasses import dataclass, field

from jaxtyping import Bool, Float, Int8

from sim.model.state.dimensions import Array, Row


@dataclass
class State:
    """Everything that the next month depends on."""

    control: Float[Array, "camps provinces worlds"]  # share of each province's ground by camp, sums to 1 over camps
    pockets: Float[Array, "camps provinces worlds"]  # the part of that which is surrounded
    people: Float[Array, "camps provinces worlds"]  # share of each province's people on each camp's ground, sums to 1 over camps
    force: Float[Array, "groups provinces worlds"]  # thousand fighters
    reserve: Float[Array, "groups worlds"]  # thousand fighters outside Syria, or of a local group whose camp has no ground left
    roots: Float[Array, "partners provinces worlds"]  # 0..1
    local_roots: Float[Array, "provinces worlds"]  # of local powers on the government's ground, 0..1
    presence: Float[Array, "provinces worlds"]  # Islamic State presence without ground, 0..1
    holder: Int8[Array, "assets worlds"]  # Bidder index, or -1 where no foreign or private holder
    in_force: Bool[Array, "assets worlds"]  # true for a contract in force, false for a memorandum or no holder
    ground: Int8[Array, "assets worlds"]  # Camp index: on whose ground an asset lies
    towns: Int8[Array, "towns worlds"]  # Camp index: who holds a town
    morale: Float[Array, "camps worlds"]  # 0..1
    momentum: Float[Array, "camps worlds"]  # 0..1, after wins, fading
    exhaustion: Float[Array, "camps worlds"]  # 0..1, after offensives against a firm defence, fading
    recent_loss: Float[Array, "camps provinces worlds"]  # of the province, net of what it won of late, fading
    garrisons_gone: Float[Array, "camps provinces worlds"]  # share of garrisons whose threshold fresh losses have passed, fading
    recently_recovered: Float[Array, "provinces worlds"]  # ground won back by the government of late, fading
    threat: Float[Array, "provinces worlds"]  # 0..1, how endangered the government's ground looks
    strike_memory: Float[Array, "provinces worlds"]  # strikes per month of late
    experience: Float[Array, "groups worlds"]  # what a group has learned or lost since the start, 1 then; multiplies its quality
    army_quality: Row  # 0..1
    coffers: Row  # 0..1
    evasion: Row  # 0..1
    standing: Float[Array, "partners worlds"]  # diplomatic standing, 0..1
    leverage: Row  # 0..1
    danger: Row  # 0..1
    publicity: Float[Array, "partners worlds"]  # how loudly a partner advertised last month, 0..1
    pressure: Float[Array, "partners worlds"]  # 0..1, Israeli and US pressure on a partner over the other
    land_route: Row  # 0..1, from Iraq to Damascus and Lebanon
    restraint: Float[Array, "partners provinces worlds"]  # effort that a partner spends there on holding the other's groups back
    channel: Float[Array, "fields worlds"]  # 0..1
    friction: Float[Array, "fields worlds"]  # >= 0
    incident_memory: Float[Array, "provinces worlds"]  # incidents of late, fading
    primacy: Float[Array, "provinces worlds"]  # -1 Iran .. 1 Russia, agreed
    tenders_agreed: Float[Array, "sectors worlds"]  # -1 Iran .. 1 Russia, agreed
    exchanged: Int8[Array, "issues worlds"]  # for which issue each was exchanged (provinces, then sectors), or -1
    left_alone: Float[Array, "partners provinces worlds"]  # how far a partner leaves a province to the other, 0..1
    months_strained: Row  # months in a row above (positive) or below tolerance
    partnership_broken: Row  # 1 while the partnership is broken
    gone: Float[Array, "partners worlds"]  # 1 while a partner has left Syria
    fallen: Row  # 1 after the government's fall
    escalation: Row  # regional tension above the usual, fading
    operation: Float[Array, "provinces worlds"]  # months that an operation of Turkey's army in a province still lasts
    operation_memory: Row  # 1 when one begins, fading
    posture: Row  # 0..1, how much of the army that Turkey had in Syria in 2021 it keeps there
    surge: Row  # Islamic State activity above the usual, fading


@dataclass
class Records:
    """First months of what happens once (month index, -1 before), and what a run is compared with."""

    collapse_month: Row
    breakdown_month: Row
    incident_month: Row
    lost_month: Float[Array, "provinces worlds"]
    months_broken: Row
    control_start: Float[Array, "provinces worlds"]  # the government's share of the ground at the start
    people_start: Float[Array, "provinces worlds"]  # its share of the people
    before_fall: dict[str, Array] = field(default_factory=dict)  # what the partners held in the last month before the government's fall
