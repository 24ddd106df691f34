"""From results to an argument: scenarios compared world by world, worlds that stand for many, and where two worlds part."""
