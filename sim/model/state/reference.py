"""The start at rest under central interests, which deployments, manpower and morale are compared with. See `reference_state`."""

from dataclasses import dataclass

from jaxtyping import Float

from sim.model.state.dimensions import Array, Row


@dataclass
class Reference:
    """The start at rest that a run is compared with; fields mean what they do in `State`, `Intent` and `Perception`."""

    effort: Float[Array, "partners instruments worlds"]  # effort by instrument
    roots_effort: Float[Array, "partners provinces worlds"]  # effort that rooted partners spent there
    pull: Float[Array, "leaders provinces worlds"]  # how much leaders want force in a province
    contested: Row  # what both partners contest, the mean over provinces
    own: Float[Array, "groups provinces worlds"]  # each group's own wish for its places
    deployment: Float[Array, "groups provinces worlds"]  # shares of each group by province
    control: Float[Array, "camps provinces worlds"]  # shares of ground
    rooted: Float[Array, "groups worlds"]  # how rooted a group's partner is where the group sits; 1 for other groups
    coffers: Row
    grip: Float[Array, "provinces worlds"]  # the government's grip on each province
    people: Float[Array, "camps worlds"]  # share of the country's people on each camp's ground
    morale: Float[Array, "camps worlds"]
    thinness: Float[Array, "provinces worlds"]  # how thinly ground is held
    presence: Float[Array, "provinces worlds"]  # Islamic State presence
    air_share: Float[Array, "provinces worlds"]  # how much of the full effect of air support the government has
    pooled: Float[Array, "provinces worlds"]  # pooled intelligence against the Islamic State
