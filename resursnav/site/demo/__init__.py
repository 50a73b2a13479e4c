"""The demo county: real municipalities, invented everything else, the same on every machine.

Places, people and their history are planted through the same actions that people use. A context that has
something of its own to show offers `<context>/demo.py` with `plant(*, at) -> int`, which plants what is not
there yet and says how many things it planted; the orchestration calls all of them from the ground up.
"""
