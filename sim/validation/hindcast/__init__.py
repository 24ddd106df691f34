"""The hindcast: a run from September 2015 compared with dated facts up to June 2021 and with two null models."""
