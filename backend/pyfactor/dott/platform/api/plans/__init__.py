"""Plans: reads compiled from a viewset at start-up, answered in one round trip and without Django's layers.

A resource is declared once, as model, serializer, filters and viewset. From these `plan.py` compiles what a
list or a record needs (`projection.py` columns and values, `conditions.py` filters), `routes.py` finds the
addresses, and `front.py` answers them before Django sees the request. Whatever a plan cannot express, and
whatever it would refuse, is left to Django and REST framework, which say so in `Server-Timing`; errors are
theirs alone. tests/front asks both for everything and compares the answers byte by byte.
"""


class NotPlanned(Exception):
    """This request, or this viewset, is for Django. The reason goes into Server-Timing."""
