"""The launcher: prepares, starts, watches and stops Dott on one machine.

Standard library only, because it runs before anything is installed.
"""
