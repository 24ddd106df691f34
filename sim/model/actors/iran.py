"""Iran: the government's survival, roots in its four areas and at the Iraqi border, command, shield, contracts, corridor, deterrence.

Which goals it pursues and how much is in `scenarios/baseline.yaml`; what each goal means is in `partner_goals.py`, how goals become effort
in `partner.py`. The IRGC leads on the ground. What it can bring to Syria depends on who holds the land route (R10).
"""

from sim.model.actors.partner import PartnerActor
from sim.model.state.dimensions import Partner


class IranActor(PartnerActor):
    """Tehran."""

    section = "iran"
    partner = Partner.IRAN
