"""Russia: the government's survival, one professional army, leverage, standing, a balance with Israel, contracts, its bases.

Which goals it pursues and how much is in `scenarios/baseline.yaml`; what each goal means is in `partner_goals.py`, how goals become effort
in `partner.py`. The General Staff leads, the Foreign Ministry works alongside (R63). It advertises, which costs goodwill in Tehran (R13).
"""

from sim.model.actors.partner import PartnerActor
from sim.model.state.dimensions import Partner


class RussiaActor(PartnerActor):
    """Moscow."""

    section = "russia"
    partner = Partner.RUSSIA
