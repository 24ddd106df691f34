"""The world: axes, chance, geography, parameters, state. Arrays only; nobody decides anything here."""
