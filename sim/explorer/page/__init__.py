"""What the explorer's page is made of: a template, a style, and scripts."""
