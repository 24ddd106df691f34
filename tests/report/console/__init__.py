"""Tests of what is printed on the screen."""
