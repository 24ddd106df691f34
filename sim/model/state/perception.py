"""What actors perceive of last month's world (ODD: sensing). `sim.model.state.sensing` fills it in."""

from dataclasses import dataclass

from jaxtyping import Float

from sim.model.state.dimensions import Array, Row


@dataclass
class Perception:
    """Last month's world as every actor perceives it before deciding."""

    worth: Float[Array, "provinces worlds"]  # core territory, the most valued province 1
    quality: Float[Array, "groups worlds"]  # fighting worth of a thousand fighters
    strength: Float[Array, "camps provinces worlds"]  # fighting strength on the ground
    force: Float[Array, "partners provinces worlds"]  # force of each partner's groups
    side: Float[Array, "provinces worlds"]  # force of the government's camp
    felt: Float[Array, "partners provinces worlds"]  # how much a partner's presence is felt, 0..1
    spread: Float[Array, "camps provinces worlds"]  # each camp's ground by province, shares of it
    won: Float[Array, "camps worlds"]  # share of each camp's ground that it did not hold at the start
    opposed: Float[Array, "provinces worlds"]  # share of hostile strength in and around the government's ground
    visible_force: Row  # force at which a presence is half felt
    open_value: Float[Array, "provinces worlds"]  # assets open to tender, counted
    held: Float[Array, "bidders provinces worlds"]  # assets under contract in force to Russia, Iran, others, counted
    targets: Float[Array, "partners provinces worlds"]  # how much presence that strikes are aimed at is felt, by partner, 0..1
    target: Float[Array, "provinces worlds"]  # of both partners together, 0..1
    target_force: Float[Array, "provinces worlds"]  # its force, thousand
    target_roots: Float[Array, "provinces worlds"]  # how rooted it is, 0..1
    air_share: Float[Array, "provinces worlds"]  # how much of the full effect of air support the government's camp has, 0..1
