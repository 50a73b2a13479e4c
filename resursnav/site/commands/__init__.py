"""The verbs of the command line: each module offers `arguments(parser)` and `run(args) -> exit code`."""
