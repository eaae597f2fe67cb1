"""What the fork server imports once, so that each worker begins with the graph in memory: importing this loads all."""

from kzturk_graph.web.workers import engine
from kzturk_graph.web.workers import process as process

engine.load()
