"""Tests of the comparing floor."""
