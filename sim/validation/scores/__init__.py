"""Scores of the kind that forecasts are judged by: proper scores, the rivals to beat, and coverage. Arrays in, arrays out."""
