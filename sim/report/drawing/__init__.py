"""What figures are drawn with: theme, palette, outlines, text metrics, rendering."""
