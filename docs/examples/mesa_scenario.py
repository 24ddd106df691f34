"""A scenario of Mesa (`mesa.Scenario`; in Mesa 3.5 from `mesa.experimental.scenarios`) that says what `Spheres` is given."""

import mesa

from sim.simulation import Spheres

if hasattr(mesa, "Scenario"):
    from mesa import Scenario
else:
    from mesa.experimental.scenarios import Scenario


class FewerStrikes(Scenario):
    """Attributes are arguments of `Spheres`, or parameters, with two underscores for each dot."""

    scenario: str = "baseline"
    worlds: int = 20
    months: int = 12
    israel__strike_rate: float = 1.0


for given in (FewerStrikes(rng=1), FewerStrikes(rng=1, israel__strike_rate=8.0)):
    model = Spheres(given)
    model.run()
    print(f"{given.israel__strike_rate} strikes a month: delimitation {model.mean('delimitation'):.3f}")
