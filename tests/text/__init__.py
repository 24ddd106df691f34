"""Tests of texts made from numbers and names."""
